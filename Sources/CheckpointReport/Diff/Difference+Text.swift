import CheckpointAnalysis
import EvidenceText

extension Difference {
    /// What stands in front of the line.
    var mark: (text: String, role: TextStyle.Role?) {
        switch change.kind {
        case .appeared: ("+", .good)
        case .gone: ("-", .bad)
        case .changed: ("~", .warning)
        case .unknown: ("?", .faint)
        case .same: ("=", .faint)
        }
    }

    /// What has the difference, as far as the heading above does not say it.
    var label: String {
        if subject.isMemory { return subject.label }
        let parts = [subject.label] + change.path.map(\.text)
        return parts.filter { !$0.isEmpty && !Difference.silent.contains($0) }.joined(separator: " ")
    }

    /// Steps on the way that say nothing.
    private static let silent: Set = ["properties", "file", "socket", "all"]

    /// What the difference is.
    var text: String {
        if let text = memoryText { return text + (cause.map { " [\($0.text)]" } ?? "") }
        let (old, new) = shown
        let note = subject.note + (cause.map { " [\($0.text)]" } ?? "")
        switch change.kind {
        case .appeared: return (new.map { FactText.text($0) } ?? "") + note
        case .gone: return (old.map { FactText.text($0) } ?? "") + note
        case .changed: return FactText.change(old ?? .none, new ?? .none) + note
        case .same: return FactText.text(new ?? .none)
        case .unknown(let side, let absence):
            let known = (old ?? new).map { ", \(side == .before ? "after" : "before"): \(FactText.text($0))" } ?? ""
            return "not known \(side.rawValue)\(known) (\(reasonText(absence)))"
        }
    }

    /// The values, in words where there are some.
    private var shown: (Fact?, Fact?) {
        guard case .changed = change.kind, let old = change.words.before, let new = change.words.after else {
            return (change.before, change.after)
        }
        return (old, new)
    }
}

extension Difference.Cause {
    /// The cause in words.
    var text: String {
        switch self {
        case .restartableSequences: "by the kernel, when CRIU stopped the thread"
        case .injectedCode: "where CRIU puts its code when dumping"
        case .windowProbe: "by the kernel, when CRIU let go of the connection"
        case .trace: "has the form of CRIU's own"
        }
    }
}

extension DifferenceSubject {
    fileprivate var label: String {
        switch self {
        case .checkpoint, .process, .image: ""
        case .thread(_, let before, let after): "thread \((after ?? before).map(String.init) ?? "?")"
        case .descriptor(_, let number): "fd \(number)"
        case .file(let file):
            (file.number.map { "fd \($0) " } ?? "")
                + (file.number == nil || file.isSocket ? file.label.forTerminal : "")
        case .area, .pages: addressText
        case .sharedObject(let object): "shared \(object.name.forTerminal)"
        case .memory: "memory"
        }
    }
}

extension DifferenceSubject {
    /// What is to be known of it beside its label.
    fileprivate var note: String {
        guard case .file(let file) = self, file.otherCount > 0 else { return "" }
        return ", through \(file.otherCount + 1) descriptors"
    }
}

extension FactStep {
    fileprivate var text: String {
        switch self {
        case .member(let name): name
        case .key(_, words: let words?): FactText.text(words)
        case .key(let fact, words: nil): FactText.text(fact)
        case .place(let before, let after): "#" + placeText(before, after)
        }
    }
}

/// The places of an element of a list: one, or the one before and the one after.
func placeText(_ before: Int?, _ after: Int?) -> String {
    let places = [before, after].compactMap { $0 }
    return places.count == 2 && places[0] != places[1] ? "\(places[0])/\(places[1])" : "\(places.first ?? 0)"
}
