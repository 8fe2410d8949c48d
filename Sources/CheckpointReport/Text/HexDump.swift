import CheckpointModel
import EvidenceText

/// Prints the first lines of content in hexadecimal, as `hexdump -C` does. Lines of zeros are left out.
struct HexDump {
    private let content: Content
    private static let lineLimit = 8

    init(_ content: Content) {
        self.content = content
    }

    func write(to out: OutputBuffer, _ style: TextStyle) {
        let (lines, hasMore) = lines
        if lines.isEmpty { writeLine("zeros only", .faint, to: out, style) }
        for line in lines { writeLine(line, to: out, style) }
        if hasMore { writeLine("… \(byteText(content.size)) in all", .faint, to: out, style) }
        if let absence = content.absence {
            let missing = byteText(content.missingCount)
            writeLine("\(missing) are missing: \(reasonText(absence))", .warning, to: out, style)
        }
    }

    /// Ends the reading, since there are lines enough.
    private struct Enough: Error {}

    /// The first lines that are not all zeros, and whether there are more.
    private var lines: (lines: [String], hasMore: Bool) {
        var lines: [String] = []
        do {
            try content.forEachPiece { offset, bytes throws(Enough) in
                for start in stride(from: 0, to: bytes.count, by: 16) {
                    let part = bytes[start..<min(start + 16, bytes.count)]
                    guard part.contains(where: { $0 != 0 }) else { continue }
                    if lines.count == HexDump.lineLimit { throw Enough() }
                    lines.append(line(offset + UInt64(start), Array(part)))
                }
            }
        } catch {
            return (lines, true)
        }
        return (lines, false)
    }

    private func line(_ offset: UInt64, _ bytes: [UInt8]) -> String {
        let words = (0..<16).map { place in
            (place == 8 ? " " : "") + (place < bytes.count ? padded(UInt64(bytes[place]), 2) : "  ")
        }
        let text = bytes.map { (0x20..<0x7F).contains($0) ? String(UnicodeScalar($0)) : "." }.joined()
        return "\(padded(offset, 8))  \(words.joined(separator: " "))  |\(text)|"
    }
}
