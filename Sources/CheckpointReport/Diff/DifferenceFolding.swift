import CheckpointAnalysis

/// Puts many differences of one sort into one line, where the user did not ask for them.
struct DifferenceFolding {
    /// A line of text.
    struct Line {
        let mark: (text: String, role: TextStyle.Role?)
        let label: String
        let text: String
        let isFaint: Bool
    }

    private let topics: Set<DifferenceTopic>
    /// Whether everything is told, so that some of it can be put short.
    private var isAll: Bool { topics.count == DifferenceTopic.allCases.count }

    init(_ topics: Set<DifferenceTopic>) {
        self.topics = topics
    }

    /// The lines of some differences, in order.
    func lines(_ differences: [Difference]) -> [Line] {
        var lines: [Line] = []
        var start = 0
        while start < differences.count {
            var end = start + 1
            if isAll, let fold = differences[start].fold {
                while end < differences.count, differences[end].fold == fold { end += 1 }
            }
            lines += end - start > 3 ? [folded(differences[start..<end])] : differences[start..<end].map(line)
            start = end
        }
        return lines
    }

    private func line(_ difference: Difference) -> Line {
        Line(
            mark: difference.mark, label: difference.label, text: difference.text, isFaint: difference.cause != nil)
    }

    private func folded(_ group: ArraySlice<Difference>) -> Line {
        let first = group.first
        let label = (first?.label ?? "").split(separator: " ").dropLast(first?.foldedSteps ?? 0)
        let important = group.filter { $0.isImportant }.map { "\($0.lastStep) \($0.text)" }
        let rest = group.count - important.count
        let topic = first?.topic.rawValue ?? ""
        let more = "\(rest) \(important.isEmpty ? "values differ" : "more") (--only \(topic) lists them)"
        return Line(
            mark: first?.mark ?? ("~", nil), label: label.joined(separator: " "),
            text: (important + [more]).joined(separator: ", "), isFaint: false)
    }
}

extension Difference {
    /// What differences have in common that go into one line; nil if this one has a line of its own.
    fileprivate var fold: String? {
        switch (subject, change.path.first) {
        case (.thread(_, let before, let after), .member("registers")):
            "registers \(after ?? before ?? 0)"
        case (.checkpoint, .member("statistics")): "statistics"
        default: nil
        }
    }

    /// How many words of the label tell the differences apart.
    fileprivate var foldedSteps: Int {
        if case .thread = subject { return 1 }
        return change.path.count - 1
    }

    fileprivate var lastStep: String { label.split(separator: " ").last.map(String.init) ?? "" }

    /// Whether it is told in any case: where the thread was.
    fileprivate var isImportant: Bool { ["rip", "rsp", "pc", "sp", "psw_addr", "nip"].contains(lastStep) }
}
