import CheckpointAnalysis
import CheckpointModel
import EvidenceText

/// The first lines of what differs: what was compared, and how much came, went and changed.
struct DifferenceSummary {
    private let difference: CheckpointDifference

    init(_ difference: CheckpointDifference) {
        self.difference = difference
    }

    func write(to out: OutputBuffer, _ style: TextStyle) {
        let lines = LabelledLines(out: out, style: style)
        lines.line("Before", source(difference.before))
        lines.line("After", source(difference.after))
        if !difference.areInodesKept {
            lines.line(
                "Note", "pipes and sockets have other inode numbers on both sides: another boot, or a restored copy")
        }
        for topic in DifferenceTopic.allCases where difference.options.topics.contains(topic) {
            lines.line(topic.rawValue, ifAny: counts(topic))
        }
        if !difference.isDifferent { lines.line("Result", result) }
    }

    private var result: String {
        let isUnknown = difference.differences.contains { if case .unknown = $0.change.kind { true } else { false } }
        return isUnknown ? "no difference in what both sides have" : "no difference"
    }

    private func source(_ checkpoint: Checkpoint) -> String {
        var parts = [checkpoint.name.forTerminal]
        if let time = checkpoint.inventory.value?.writtenAt.value { parts.append(timeText(time)) }
        if let count = checkpoint.processes.value?.count { parts.append(counted(count, "process", "processes")) }
        return parts.joined(separator: ", ")
    }

    /// How many things came, went and changed, each counted once.
    private func counts(_ topic: DifferenceTopic) -> String? {
        var things: [String: Set<DifferenceSubject.Key>] = [:]
        var madeByCRIU = 0
        for item in difference.differences where item.topic == topic {
            guard item.cause == nil else {
                madeByCRIU += 1
                continue
            }
            things[item.wholeWord, default: []].insert(item.key)
        }
        var parts = FactChange.Kind.words.compactMap { word in things[word].map { "\($0.count) \(word)" } }
        if madeByCRIU > 0 { parts.append("\(counted(madeByCRIU, "difference")) made by CRIU") }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }
}

extension Difference {
    /// The thing that counts as one: of what is about processes, threads count with theirs.
    fileprivate var key: DifferenceSubject.Key {
        if topic == .processes, let pair = subject.process { return DifferenceSubject.process(pair).key }
        return subject.key
    }

    /// What happened to the subject as a whole.
    fileprivate var wholeWord: String {
        switch change.kind {
        case .appeared, .gone: isWhole ? change.kind.word : "changed"
        default: change.kind.word
        }
    }

    private var isWhole: Bool {
        if case .checkpoint = subject { return change.path.count <= 2 }
        if case .file = subject, case .member("socket") = change.path.first { return change.path.count == 1 }
        return change.path.isEmpty
    }
}

extension DifferenceSubject {
    /// What tells the subject from others.
    fileprivate var key: Key {
        switch self {
        case .checkpoint: Key(process: nil, thread: nil, number: nil, file: nil)
        case .process(let pair): Key(process: pair.key, thread: nil, number: nil, file: nil)
        case .thread(let pair, let before, let after):
            Key(process: pair.key, thread: after ?? before, number: nil, file: nil)
        case .descriptor(let pair, let number): Key(process: pair.key, thread: nil, number: number, file: nil)
        case .file(let file):
            Key(process: nil, thread: nil, number: nil, file: file.file.after ?? file.file.before)
        }
    }

    fileprivate struct Key: Hashable {
        let process: ProcessPair.Key?
        let thread: Int?
        let number: UInt32?
        let file: FileReference?
    }
}

extension FactChange.Kind {
    /// The kind as a word.
    var word: String {
        switch self {
        case .appeared: "appeared"
        case .gone: "gone"
        case .changed: "changed"
        case .unknown: "unknown"
        case .same: "same"
        }
    }

    /// All the words.
    static let words = ["appeared", "gone", "changed", "unknown", "same"]
}
