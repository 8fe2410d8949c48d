public import CheckpointAnalysis
import CheckpointModel
public import EvidenceText

/// What was taken out of the memory of a process into a file.
public struct ExtractionReport: Sendable {
    let pid: Int
    let file: ByteText
    let parts: [MemoryExtraction.Part]
    let size: UInt64

    /// Names what was taken out.
    ///
    /// - Parameters:
    ///   - pid: The process.
    ///   - file: The file.
    ///   - parts: The parts.
    ///   - size: The size of the file.
    public init(pid: Int, file: ByteText, _ parts: [MemoryExtraction.Part], size: UInt64) {
        (self.pid, self.file, self.parts, self.size) = (pid, file, parts, size)
    }

    /// Prints a table of the parts: where they are in the file, and how much of them is there.
    public func write(to out: OutputBuffer, _ style: TextStyle) {
        let heading = "process \(pid), \(file.forTerminal), \(byteText(size)) with holes"
        out.append(string: style.paint(heading, .heading))
        out.append("\n")
        var table = Table([
            .init(title: "OFFSET", isRightAligned: true), .init(title: "ADDRESSES"), .init(title: "PERM"),
            .init(title: "PRESENT", isRightAligned: true), .init(title: "ABSENT", isRightAligned: true),
            .init(title: "ABSENT BECAUSE"), .init(title: "NAME"),
        ])
        for part in parts {
            let absent = part.absent.reduce(UInt64(0)) { $0 &+ $1.count }
            table.add([
                Table.Cell("0x" + padded(part.offset, 1)),
                Table.Cell(padded(part.addresses.lowerBound, 8) + "-" + padded(part.addresses.upperBound, 8)),
                Table.Cell(part.segment.permissions),
                Table.Cell(part.present == 0 ? "-" : byteText(part.present)),
                Table.Cell(absent == 0 ? "-" : byteText(absent)),
                Table.Cell(part.absent.map(\.reason.word).uniqued.joined(separator: ", "), .faint),
                Table.Cell(part.segment.name.forTerminal, .name),
            ])
        }
        table.write(to: out, style)
    }

    /// Writes the same as JSON: one document and a newline.
    public func writeJSON(to out: OutputBuffer) { MemoryJSON.write(self, Forms.extraction, to: out) }
}

extension MemoryStretch.Reason {
    /// Why bytes are absent, in two or three words.
    var word: String {
        switch self {
        case .unmapped: "unmapped"
        case .cleanFilePage: "unchanged file"
        case .untouched: "never touched"
        case .notDumped: "not dumped"
        case .guardRegion: "guard region"
        case .lazy: "left to be fetched"
        case .lost(let detail): ByteText(detail).forTerminal
        }
    }
}

extension [String] {
    /// The strings without those that occurred before.
    fileprivate var uniqued: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
