import CheckpointAnalysis

/// Puts many differences of one sort into one line, where the user did not ask for them.
struct DifferenceFolding {
    /// A line of text.
    struct Line {
        let mark: (text: String, role: TextStyle.Role?)
        let label: String
        let text: String
        let isFaint: Bool
        /// The pages whose bytes can be shown.
        var pages: PageSubject?
    }

    private let topics: Set<DifferenceTopic>
    private let foldsPages: Bool
    /// Whether everything is told, so that some of it can be put short.
    private var isAll: Bool { topics.count == DifferenceTopic.ofCheckpoints.count }

    /// - Parameters:
    ///   - topics: What was compared. If it is everything, some of it is put short.
    ///   - foldsPages: Whether pages are put short too.
    init(_ topics: Set<DifferenceTopic>, foldsPages: Bool) {
        (self.topics, self.foldsPages) = (topics, foldsPages)
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
            lines += self.lines(of: differences[start..<end])
            start = end
        }
        return lines
    }

    private func lines(of run: ArraySlice<Difference>) -> [Line] {
        if run.first?.subject.pages != nil {
            guard foldsPages, run.count > 2 * DifferenceFolding.shownRuns else { return run.map(line) }
            let rest = run.dropFirst(DifferenceFolding.shownRuns)
            return run.prefix(DifferenceFolding.shownRuns).map(line) + [foldedPages(rest)]
        }
        return run.count > 3 ? [folded(run)] : run.map(line)
    }

    /// How many runs of pages are shown before the rest is put short.
    private static let shownRuns = 12

    private func foldedPages(_ rest: ArraySlice<Difference>) -> Line {
        let count = rest.reduce(UInt64(0)) { $0 &+ ($1.subject.pages?.count ?? 0) }
        let last = rest.last?.subject.addressText ?? ""
        return Line(
            mark: ("~", .warning), label: "…",
            text: "\(rest.count) more runs of \(count) pages up to \(last) (--only memory lists them)", isFaint: false)
    }

    private func line(_ difference: Difference) -> Line {
        Line(
            mark: difference.mark, label: difference.label, text: difference.text, isFaint: difference.cause != nil,
            pages: difference.subject.pages)
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
        case (.pages, _): "pages"
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
