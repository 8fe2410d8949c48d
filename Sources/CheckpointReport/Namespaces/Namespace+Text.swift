import CheckpointModel
import EvidenceText

extension Namespace {
    /// What it is, in a line: `network namespace 10 (of the first process), processes 1-3`.
    var heading: String { "\(kind.title) namespace \(id) (\(standing.text))" + (holders.isEmpty ? "" : ", \(holders)") }

    /// Who is in it and who has it open.
    var holders: String {
        let members = processes.count == 1 ? "process " : "processes "
        let parts = [
            processes.isEmpty ? nil : members + numberRanges(processes),
            handles.isEmpty
                ? nil : "open as " + handles.map { "\($0.pid)/fd/\($0.descriptor)" }.joined(separator: ", "),
        ]
        return parts.compactMap { $0 }.joined(separator: ", ")
    }
}

extension Namespace.Standing {
    /// The standing in words.
    var text: String {
        switch self {
        case .host: "shared with the host"
        case .root: "of the first process"
        case .nested: "nested"
        }
    }
}

/// Numbers with runs of them drawn together: `1-3, 7`.
func numberRanges(_ numbers: [Int]) -> String {
    var ranges: [ClosedRange<Int>] = []
    for number in numbers.sorted() {
        if let last = ranges.last, number <= last.upperBound + 1 {
            ranges[ranges.count - 1] = last.lowerBound...max(number, last.upperBound)
        } else {
            ranges.append(number...number)
        }
    }
    return ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
        .joined(separator: ", ")
}

/// Why a value is missing, harmless for a terminal.
func reasonText(_ absence: Absence) -> String { ByteText(absence.detail).forTerminal }

/// Prints one line.
func writeLine(_ text: String, _ role: TextStyle.Role? = nil, to out: OutputBuffer, _ style: TextStyle) {
    out.append(string: style.paint(fitted(text, style.width), role))
    out.append("\n")
}
