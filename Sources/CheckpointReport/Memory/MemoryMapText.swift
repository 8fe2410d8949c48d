public import CheckpointAnalysis
public import CheckpointModel
public import EvidenceText

/// The memory of a process and where its pages are.
public struct MemoryMapReport: Sendable {
    /// The process.
    public let process: Process
    /// The size of a page in bytes, or why there is no memory.
    public let pageSize: Known<UInt64>
    /// The areas, or why there are none.
    public let segments: Known<[SegmentUsage]>

    /// Looks through the pages of a process.
    ///
    /// - Parameters:
    ///   - process: The process.
    ///   - checkpoint: What it is of.
    ///   - files: Where unchanged pages of mapped files are read; nil if they are not.
    public init(_ process: Process, in checkpoint: Checkpoint, files: RootFiles? = nil) {
        self.process = process
        let space = checkpoint.addressSpace(of: process, files: files)
        pageSize = space.map(\.pageSize)
        segments = space.map { $0.usage() }
    }
}

/// Prints where the pages of a process's memory are.
public struct MemoryMapText {
    /// Prints the areas of processes.
    ///
    /// - Parameters:
    ///   - reports: The processes.
    ///   - out: Where the text goes.
    ///   - style: How it is laid out.
    public static func write(_ reports: [MemoryMapReport], to out: OutputBuffer, _ style: TextStyle) {
        for (index, report) in reports.enumerated() {
            if index > 0 { out.append("\n") }
            let name = report.process.name.value?.forTerminal ?? "?"
            let size = report.pageSize.value.map { ", pages of \(byteText($0))" } ?? ""
            out.append(string: style.paint("process \(report.process.pid) \(name)" + size, .heading))
            out.append("\n")
            switch report.segments {
            case .missing(let absence): writeAbsence(absence, to: out, style)
            case .value(let segments):
                table(segments).write(to: out, style)
                writeHoles(segments.reduce(0) { $0 &+ $1.pages.inHoles }, to: out, style)
            }
        }
    }

    private static func writeHoles(_ count: UInt64, to out: OutputBuffer, _ style: TextStyle) {
        guard count > 0 else { return }
        let words = count == 1 ? "1 page is in a hole" : "\(count) pages are in holes"
        out.append(string: style.paint("\(words) of the pages images: \(holeText)", .warning))
        out.append("\n")
    }

    private static func table(_ segments: [SegmentUsage]) -> Table {
        let titles = ["PRESENT", "PARENT", "SHARED", "FILE", "LAZY", "ABSENT", "ZERO"]
        var table = Table(
            [.init(title: "ADDRESSES"), .init(title: "PERM")]
                + titles.map { .init(title: $0, isRightAligned: true) }
                + [.init(title: "ABSENT BECAUSE"), .init(title: "NAME")])
        for usage in segments {
            table.add(
                [Table.Cell(usage.segment.rangeText), Table.Cell(usage.segment.permissions)]
                    + numbers(usage.pages)
                    + [
                        Table.Cell(reasons(usage), usage.loss == nil ? .faint : .bad),
                        Table.Cell(usage.segment.name.forTerminal, .name),
                    ])
        }
        let total = segments.reduce(PageUsage()) { $0 + $1.pages }
        table.add([Table.Cell("total"), Table.Cell("")] + numbers(total) + [Table.Cell(""), Table.Cell("")])
        return table
    }

    private static func numbers(_ pages: PageUsage) -> [Table.Cell] {
        [pages.present, pages.parent, pages.shared, pages.file, pages.lazy, pages.absent, pages.zero].map {
            Table.Cell($0 == 0 ? "-" : String($0))
        }
    }

    /// Why pages are absent; with numbers if for several reasons.
    private static func reasons(_ usage: SegmentUsage) -> String {
        let pages = usage.pages
        let loss = usage.loss.map { ByteText($0).forTerminal } ?? "lost"
        let all: [(UInt64, String)] = [
            (pages.cleanFile, "unchanged file"), (pages.untouched, "never touched"), (pages.notDumped, "not dumped"),
            (pages.guardRegion, "guard region"), (pages.lost, loss),
        ].filter { $0.0 > 0 }
        return all.count == 1 ? all[0].1 : all.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    }
}
