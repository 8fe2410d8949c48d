import CheckpointAnalysis
import CheckpointModel
import EvidenceText

/// The first lines of what differs: what was compared, and how much came, went and changed.
struct DifferenceSummary {
    private let difference: CheckpointDifference
    private var counts: [DifferenceTopic: Counts] = [:]

    /// What was counted of a topic.
    fileprivate struct Counts {
        /// The things, each counted once, by what happened to them.
        var things: [String: Set<DifferenceSubject.Key>] = [:]
        /// Pages by what happened to them.
        var pages: [String: UInt64] = [:]
        var madeByCRIU = 0
    }

    init(_ difference: CheckpointDifference) {
        self.difference = difference
        var counts: [DifferenceTopic: Counts] = [:]
        difference.forEach { counts[$0.topic, default: Counts()].add($0) }
        self.counts = counts
    }

    func write(to out: OutputBuffer, _ style: TextStyle) {
        let lines = LabelledLines(out: out, style: style)
        lines.line("Before", source(difference.before))
        lines.line("After", source(difference.after))
        if !difference.areInodesKept {
            lines.line(
                "Note", "pipes and sockets have other inode numbers on both sides: another boot, or a restored copy")
        }
        for (side, checkpoint) in [("before", difference.before), ("after", difference.after)] {
            let count = checkpoint.problems.count
            guard count > 0 else { continue }
            let effect = side == "before" ? "new may have been lost before" : "gone may have been lost"
            lines.line(
                "Damage", "\(counted(count, "problem")) \(side): what seems \(effect) with what is damaged", .bad)
        }
        for topic in DifferenceTopic.allCases { lines.line(topic.rawValue, ifAny: counts[topic]?.text) }
        if !counts.values.contains(where: \.isDifferent) { lines.line("Result", result) }
    }

    private var result: String {
        let isUnknown = counts.values.contains { $0.things["unknown"] != nil || $0.pages["unknown"] != nil }
        return isUnknown ? "no difference in what both sides have" : "no difference"
    }

    private func source(_ checkpoint: Checkpoint) -> String {
        var parts = [checkpoint.name.forTerminal]
        if let time = checkpoint.inventory.value?.writtenAt.value { parts.append(timeText(time)) }
        if let count = checkpoint.processes.value?.count { parts.append(counted(count, "process", "processes")) }
        return parts.joined(separator: ", ")
    }
}

extension DifferenceSummary.Counts {
    fileprivate mutating func add(_ item: Difference) {
        if item.cause != nil {
            madeByCRIU += 1
        } else if let changed = item.subject.pages {
            let word = item.change.lastMember
            pages[word] = (pages[word] ?? 0) &+ changed.count
        } else {
            things[item.wholeWord, default: []].insert(item.key)
        }
    }

    /// Whether there is more than what is the same or unknown.
    fileprivate var isDifferent: Bool {
        madeByCRIU > 0 || things.keys.contains { $0 != "same" && $0 != "unknown" }
            || pages.keys.contains { $0 != "unknown" }
    }

    fileprivate var text: String? {
        let pageWords = ["modified", "appeared", "gone", "unknown"]
        let isMemory = !pages.isEmpty || things.values.contains { $0.contains { $0.start != nil } }
        var parts = FactChange.Kind.words.compactMap { word in
            things[word].map { "\($0.count) \(isMemory ? $0.count == 1 ? "area " : "areas " : "")\(word)" }
        }
        parts += pageWords.compactMap { word in pages[word].map { "\($0) \($0 == 1 ? "page" : "pages") \(word)" } }
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
        if case .area = subject { return true }
        if case .file = subject, case .member("socket") = change.path.first { return change.path.count == 1 }
        return change.path.isEmpty
    }
}

extension DifferenceSubject {
    /// What tells the subject from others.
    fileprivate var key: Key {
        var key = Key(process: process?.key)
        switch self {
        case .checkpoint, .process, .memory, .image: break
        case .thread(_, let before, let after): key.thread = after ?? before
        case .descriptor(_, let number): key.number = number
        case .file(let file): (key.process, key.file) = (nil, file.file.after ?? file.file.before)
        case .area, .pages: key.start = addresses?.lowerBound
        case .sharedObject(let object): (key.object, key.start) = (object.name, 0)
        }
        return key
    }

    fileprivate struct Key: Hashable {
        var process: ProcessPair.Key?
        var thread: Int?
        var number: UInt32?
        var file: FileReference?
        var start: UInt64?
        var object: ByteText?
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
