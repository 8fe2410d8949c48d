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

    private func counts(_ topic: DifferenceTopic) -> String? {
        var numbers: [String: Int] = [:]
        for item in difference.differences where item.topic == topic {
            numbers[item.cause == nil ? item.change.kind.word : "by CRIU", default: 0] += 1
        }
        let parts = ["appeared", "gone", "changed", "unknown", "same", "by CRIU"].compactMap { word in
            numbers[word].map { "\($0) \(word)" }
        }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
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
