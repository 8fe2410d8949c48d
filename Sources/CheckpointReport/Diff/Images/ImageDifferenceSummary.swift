import CheckpointAnalysis
import EvidenceText

/// The first lines of what differs between two images: what was compared, and how much came, went and changed.
struct ImageDifferenceSummary {
    private let difference: ImageDifference
    /// How many entries came, went, changed, by the word for it.
    private var entries: [String: Int] = [:]
    private var pages: [String: UInt64] = [:]
    private var isOtherwiseDifferent = false

    init(_ difference: ImageDifference) {
        self.difference = difference
        var last: ImageEntryDifference.Place??
        var worst = ""
        difference.forEach { item in
            if let changed = item.subject.pages {
                pages[item.change.kind.word, default: 0] &+= changed.count
            }
            guard case .image(let entry) = item.subject, let place = entry.after ?? entry.before else {
                isOtherwiseDifferent = isOtherwiseDifferent || item.change.kind.isDifference
                return
            }
            // Of the changes of an entry, a difference counts, then what is not known.
            let word = item.change.path.isEmpty || !item.change.kind.isDifference ? item.change.kind.word : "changed"
            if last != .some(place) || entry.before == nil {
                entries[word, default: 0] += 1
                (last, worst) = (place, word)
            } else if rank(word) > rank(worst) {
                entries[worst, default: 0] -= 1
                entries[word, default: 0] += 1
                worst = word
            }
        }
    }

    private func rank(_ word: String) -> Int { word == "same" ? 0 : word == "unknown" ? 1 : 2 }

    func write(to out: OutputBuffer, _ style: TextStyle) {
        let lines = LabelledLines(out: out, style: style)
        lines.line("Before", source(difference.names.before, difference.comparison.before))
        lines.line("After", source(difference.names.after, difference.comparison.after))
        lines.line("image", ifAny: counts)
        if let first = difference.comparison.firstDifference {
            lines.line("first byte", "differs at 0x\(String(first, radix: 16)), in page \(first / 4096)")
        }
        if !difference.isDifferent { lines.line("Result", result) }
    }

    private func source(_ name: ByteText, _ image: ComparedImage) -> String {
        "\(name.forTerminal), \(image.kind), \(byteText(image.byteCount))"
    }

    private var counts: String? {
        let words = FactChange.Kind.words.compactMap { word in
            entries[word].flatMap { $0 == 0 ? nil : "\(counted($0, "entry", "entries")) \(word)" }
        }
        let pageWords = pages["changed"].map { ["\($0) \($0 == 1 ? "page" : "pages") modified"] } ?? []
        let texts = words + pageWords
        return texts.isEmpty ? nil : texts.joined(separator: ", ")
    }

    private var result: String {
        let isUnknown = (entries["unknown"] ?? 0) > 0 || !difference.problems.isEmpty
        return isUnknown ? "no difference in what both sides have" : "no difference"
    }
}
