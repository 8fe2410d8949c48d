public import CheckpointModel
public import EvidenceText

/// Prints the sockets of a checkpoint as `ss -anp` does.
public struct SocketsText {
    /// Prints a table of sockets.
    ///
    /// - Parameters:
    ///   - checkpoint: The checkpoint.
    ///   - pids: Only sockets that these processes have open; nil for all, also those that no process has.
    ///   - showsDetails: Whether queues, options and numbers of each socket follow its row.
    ///   - out: Where the text goes.
    ///   - style: How it is laid out.
    public static func write(
        _ checkpoint: Checkpoint, pids: Set<Int>?, showsDetails: Bool, to out: OutputBuffer, _ style: TextStyle
    ) {
        var table = Table([
            .init(title: "TYPE"), .init(title: "STATE"), .init(title: "RECV-Q", isRightAligned: true),
            .init(title: "SEND-Q", isRightAligned: true), .init(title: "LOCAL", mayBeCut: true),
            .init(title: "PEER", mayBeCut: true), .init(title: "PROCESS"),
        ])
        let reports = SocketReport.all(checkpoint, pids: pids)
        guard !reports.isEmpty else {
            out.append(string: style.paint("no sockets", .faint) + "\n")
            return
        }
        for report in reports {
            table.add(row(report))
            guard showsDetails else { continue }
            table.add(notes: SocketNotes(checkpoint: checkpoint).details(report.file, report.socket))
        }
        table.write(to: out, style)
    }

    private static func row(_ report: SocketReport) -> [Table.Cell] {
        [
            Table.Cell(report.socket.protocolName), Table.Cell(report.stateText ?? "-"),
            Table.Cell(report.receiveQueue.map { String($0) } ?? "-"),
            Table.Cell(report.sendQueue.map { String($0) } ?? "-"), Table.Cell(report.localText, .name),
            Table.Cell(report.peerText), Table.Cell(report.holderText),
        ]
    }
}
