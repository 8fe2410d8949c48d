import CheckpointAnalysis
import CheckpointModel
import EvidenceText

/// Puts values into words, free of control characters.
enum FactText {
    /// Up to how many characters of a text are shown.
    private static let limit = 160

    /// A value as a person reads it.
    static func text(_ fact: Fact) -> String {
        switch fact {
        case .none: "none"
        case .missing(let absence): "unknown (\(ByteText(absence.detail).forTerminal))"
        case .flag(let flag): flag ? "yes" : "no"
        case .number(let number): text(number)
        case .real(let value): String(value)
        case .word(let word): word.isEmpty ? "''" : shortened(ByteText(word).forTerminal)
        case .text(let text): text.isEmpty ? "''" : shortened(text.forTerminal)
        case .content(let content): text(content)
        case .process(let id): String(id)
        case .list(let list): text(list)
        case .record(let record): RecordText.text(record)
        }
    }

    private static func text(_ number: FactNumber) -> String {
        let digits =
            switch number.notation {
            case .decimal: String(number.magnitude)
            case .hexadecimal: "0x" + String(number.magnitude, radix: 16)
            case .octal: octalText(number.magnitude, width: 4)
            }
        return (number.isNegative ? "-" : "") + digits
    }

    private static func text(_ content: Content) -> String {
        content.size == 0 ? "empty" : "\(sizeText(content)) \(previewText(content))"
    }

    private static func text(_ list: FactList) -> String {
        guard !list.elements.isEmpty else { return "none" }
        if case .whole = list.matching, list.elements.allSatisfy({ $0.isText }) {
            return shortened(commandText(list.elements.compactMap(\.byteText)))
        }
        let words = list.elements.map(text)
        guard words.count > 12 else { return shortened(words.joined(separator: ", ")) }
        return words.prefix(4).joined(separator: ", ") + ", … (\(words.count - 4) more)"
    }

    /// What a change of a value was: for lists with much in common, what was added and taken away.
    static func change(_ before: Fact, _ after: Fact) -> String {
        if let (old, new) = lists(before, after), min(old.elements.count, new.elements.count) > 4 {
            let (left, right) = (old.elements.map(text), new.elements.map(text))
            let (lost, won) = (Set(left).subtracting(right), Set(right).subtracting(left))
            let parts = right.filter(won.contains).map { "+" + $0 } + left.filter(lost.contains).map { "-" + $0 }
            if !parts.isEmpty { return shortened(parts.joined(separator: " "), 4 * limit) }
        }
        return text(before) + " → " + text(after) + place(before, after)
    }

    /// Where contents begin to differ, since their first bytes alone may look the same.
    private static func place(_ before: Fact, _ after: Fact) -> String {
        guard case .content(let old) = before, case .content(let new) = after,
            let first = old.firstDifference(from: new)
        else { return "" }
        return ", from byte \(first) on"
    }

    /// Lists, or the words of sets.
    private static func lists(_ before: Fact, _ after: Fact) -> (FactList, FactList)? {
        switch (before, after) {
        case (.list(let old), .list(let new)): (old, new)
        case (.record(let old), .record(let new)):
            if case .list(let old) = old["names"], case .list(let new) = new["names"] { (old, new) } else { nil }
        default: nil
        }
    }

    /// A text that says how much of it is left out, if it is long.
    private static func shortened(_ text: String, _ limit: Int = limit) -> String {
        guard text.count > limit else { return text }
        return "\(text.prefix(limit))… (\(text.count - limit) characters more)"
    }
}

extension Fact {
    fileprivate var isText: Bool {
        if case .text = self { return true }
        return false
    }

    /// The text; nil if it is something else.
    var byteText: ByteText? {
        switch self {
        case .text(let text): text
        case .word(let word): ByteText(word)
        default: nil
        }
    }

    /// The number; nil if it is something else.
    var number: UInt64? {
        guard case .number(let number) = self, !number.isNegative else { return nil }
        return number.magnitude
    }
}
