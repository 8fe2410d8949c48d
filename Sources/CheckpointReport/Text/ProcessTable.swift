import CheckpointModel
public import EvidenceText

/// Processes as a table, drawn as a tree.
struct ProcessTable {
    /// Which columns there are.
    enum Form {
        /// State, threads, memory and descriptors of each process.
        case overview
        /// The ids of each process too.
        case full
    }

    private let reports: [ProcessReport]
    private let form: Form

    init(_ reports: [ProcessReport], _ form: Form) {
        self.reports = reports
        self.form = form
    }

    func write(to out: OutputBuffer, _ style: TextStyle) {
        let ids: [Table.Column] =
            form == .full ? ["PPID", "PGID", "SID", "UID"].map { Table.Column(title: $0, isRightAligned: true) } : []
        var table = Table(
            [.init(title: "PID", isRightAligned: true)] + ids + [
                .init(title: "STATE"), .init(title: "THR", isRightAligned: true),
                .init(title: "DUMPED", isRightAligned: true),
                .init(title: "FDS", isRightAligned: true), .init(title: "NAME", mayBeCut: true),
                .init(title: "COMMAND"),
            ])
        let lines = TreeLines(treeDepths)
        for (report, prefix) in zip(reports, lines.prefixes) { table.add(row(report, prefix)) }
        table.write(to: out, style)
    }

    /// The depths, without gaps where a selection leaves out ancestors.
    private var treeDepths: [Int] {
        var path: [Int] = []
        return reports.map { report in
            while let last = path.last, last >= report.process.depth { path.removeLast() }
            path.append(report.process.depth)
            return path.count - 1
        }
    }

    private func idCells(_ report: ProcessReport) -> [Table.Cell] {
        let process = report.process
        let user = process.state.value?.hasEnded == true ? "-" : report.user.value.map { String($0.effective) } ?? "?"
        return [process.parentID, process.groupID, process.sessionID].map {
            Table.Cell($0.value.map(String.init) ?? "?")
        } + [
            Table.Cell(user)
        ]
    }

    private func row(_ report: ProcessReport, _ prefix: String) -> [Table.Cell] {
        let process = report.process
        let state = process.state.value
        let ids = form == .full ? idCells(report) : []
        return [Table.Cell(String(process.pid))] + ids + [
            Table.Cell(state?.text ?? "?", state?.role), Table.Cell(String(process.threads.count)),
            Table.Cell(report.dumpedBytes.map(byteText) ?? "-"),
            Table.Cell(report.descriptors.value.map { String($0.count) } ?? "-"),
            Table.Cell(process.name.value?.forTerminal ?? "?", .name), Table.Cell(prefix + report.command),
        ]
    }
}

/// Prints processes with their ids and command lines.
public struct ProcessText {
    /// Prints processes.
    ///
    /// - Parameters:
    ///   - reports: The processes, each followed by its children.
    ///   - out: Where the text goes.
    ///   - style: How it is laid out.
    public static func write(_ reports: [ProcessReport], to out: OutputBuffer, _ style: TextStyle) {
        ProcessTable(reports, .full).write(to: out, style)
    }
}
