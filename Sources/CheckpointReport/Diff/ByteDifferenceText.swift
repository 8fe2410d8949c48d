import CheckpointAnalysis
import EvidenceText

/// Prints the bytes of pages that differ, of both sides, in hexadecimal.
struct ByteDifferenceText {
    private let pages: PageSubject
    private let out: OutputBuffer
    private let style: TextStyle

    init(_ pages: PageSubject, _ out: OutputBuffer, _ style: TextStyle) {
        (self.pages, self.out, self.style) = (pages, out, style)
    }

    func write() {
        guard let before = pages.sides.before, let after = pages.sides.after else { return }
        pages.change.forEachDifference(before, after) { difference in
            write("-", difference.before, difference.beforeAddress, .bad)
            write("+", difference.after, difference.afterAddress, .good)
            return !out.hasFailed
        }
    }

    /// Rows of 16 bytes at round addresses.
    private func write(_ mark: String, _ bytes: [UInt8]?, _ address: UInt64, _ role: TextStyle.Role) {
        guard let bytes else { return }
        var start = 0
        while start < bytes.count {
            let place = address &+ UInt64(start)
            let count = min(16 - Int(place % 16), bytes.count - start)
            write(mark, bytes[start..<(start + count)], place, role)
            start += count
        }
    }

    private func write(_ mark: String, _ bytes: ArraySlice<UInt8>, _ address: UInt64, _ role: TextStyle.Role) {
        let lead = Int(address % 16)
        var line = "      \(mark) \(padded(address - UInt64(lead), 8))  "
        let cells = (0..<16).map { column -> (String, String) in
            guard column >= lead, column - lead < bytes.count else { return ("  ", " ") }
            let byte = bytes[bytes.startIndex + column - lead]
            return (padded(UInt64(byte), 2), (0x20..<0x7F).contains(byte) ? String(UnicodeScalar(byte)) : ".")
        }
        line += cells[..<8].map(\.0).joined(separator: " ") + "  " + cells[8...].map(\.0).joined(separator: " ")
        line += "  |" + cells.map(\.1).joined() + "|"
        out.append(string: style.paint(line, role))
        out.append("\n")
    }
}
