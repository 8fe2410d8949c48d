public import CheckpointModel
public import EvidenceText

/// Prints what signals and timers do to processes: signals that wait, handlers, masks, alternate stacks, timers.
public struct SignalsText {
    /// Prints signals and timers of processes.
    ///
    /// - Parameters:
    ///   - checkpoint: The checkpoint.
    ///   - processes: The processes.
    ///   - out: Where the text goes.
    ///   - style: How it is laid out.
    public static func write(
        _ checkpoint: Checkpoint, _ processes: [Process], to out: OutputBuffer, _ style: TextStyle
    ) {
        for (index, process) in processes.enumerated() {
            if index > 0 { out.append("\n") }
            writeHeading(process, to: out, style)
            let text = SignalsText(
                process: process, details: checkpoint.details(of: process), threads: checkpoint.threads(of: process))
            text.write(to: out, style)
        }
    }

    private let process: Process
    private let details: ProcessDetails
    private let threads: [ThreadDetails]

    private init(process: Process, details: ProcessDetails, threads: [ThreadDetails]) {
        self.process = process
        self.details = details
        self.threads = threads
    }

    private func write(to out: OutputBuffer, _ style: TextStyle) {
        if process.state.value?.hasEnded == true { return writeAbsence(.processEnded, to: out, style) }
        let summary = [
            ("stopped by", details.stopSignal.value?.name),
            ("ignored", details.ignoredSignals.text { $0.isEmpty ? "none" : $0.fullText }),
            ("caught", details.caughtSignals.text { $0.isEmpty ? "none" : $0.fullText }),
        ]
        for case (let label, let text?) in summary {
            LabelledLines(out: out, style: style, indent: 2, labelRole: .faint).line(label, text)
        }
        for table in [pending, handlers, masks, intervalTimers, posixTimers] {
            guard let table else { continue }
            out.append("\n")
            table.write(to: out, style)
        }
        for absence in absences {
            out.append("\n")
            writeAbsence(absence, to: out, style)
        }
    }

    /// Why parts are missing that no line tells of.
    private var absences: [Absence] {
        [details.pendingSignals.absence, details.intervalTimers.absence, details.posixTimers.absence].compactMap { $0 }
    }

    // MARK: Signals

    private var pending: Table? {
        var table = Table([
            .init(title: "PENDING"), .init(title: "FOR"), .init(title: "CODE"), .init(title: "TELLS"),
        ])
        for signal in details.pendingSignals.value ?? [] { table.add(row(signal, "process")) }
        for thread in threads {
            for signal in thread.pendingSignals.value ?? [] { table.add(row(signal, "thread \(thread.id)")) }
        }
        return table.ifAny
    }

    private func row(_ signal: PendingSignal, _ receiver: String) -> [Table.Cell] {
        [
            Table.Cell(signal.signal.name), Table.Cell(receiver), Table.Cell(signal.codeName ?? "code \(signal.code)"),
            Table.Cell(signal.detail.text { $0.text(signal.signal.numbering) }),
        ]
    }

    /// Those that were ever set, but for plain ignoring, which a line tells.
    private var handlers: Table? {
        var table = Table([
            .init(title: "SIGNAL"), .init(title: "ACTION", isRightAligned: true), .init(title: "FLAGS"),
            .init(title: "RESTORER", isRightAligned: true), .init(title: "BLOCKS MEANWHILE"),
        ])
        for action in details.signalActions.value ?? [] where !action.isUntouched {
            if action.disposition == .ignored && action.flagNames.isEmpty && action.mask.isEmpty { continue }
            let flags = action.flagNames.map { $0.hasPrefix("SA_") ? String($0.dropFirst(3)).lowercased() : $0 }
            table.add([
                Table.Cell(action.signal.name), Table.Cell(action.text), Table.Cell(flags.joined(separator: ",")),
                Table.Cell(action.restorer == 0 ? "" : padded(action.restorer, 8)), Table.Cell(action.mask.fullText),
            ])
        }
        return table.ifAny
    }

    private var masks: Table? {
        var table = Table([
            .init(title: "THREAD", isRightAligned: true), .init(title: "NAME", mayBeCut: true),
            .init(title: "ALTERNATE STACK"), .init(title: "BLOCKED"),
        ])
        for thread in threads {
            table.add([
                Table.Cell(String(thread.id)), Table.Cell(thread.name.value?.forTerminal ?? "?", .name),
                Table.Cell(thread.alternateStack.value?.text ?? "?"),
                Table.Cell(thread.blockedSignals.value?.fullText ?? "?"),
            ])
        }
        return table.ifAny
    }

    // MARK: Timers

    private var intervalTimers: Table? {
        var table = Table([
            .init(title: "INTERVAL TIMER"), .init(title: "EXPIRES IN", isRightAligned: true),
            .init(title: "REPEATS EVERY", isRightAligned: true),
        ])
        for timer in details.intervalTimers.value ?? [] where timer.isArmed || !timer.interval.isZero {
            table.add([
                Table.Cell(timer.kind.rawValue), Table.Cell(timer.isArmed ? timer.remaining.text : "not armed"),
                Table.Cell(timer.interval.isZero ? "-" : timer.interval.text),
            ])
        }
        return table.ifAny
    }

    private var posixTimers: Table? {
        var table = Table([
            .init(title: "POSIX TIMER", isRightAligned: true), .init(title: "CLOCK"),
            .init(title: "EXPIRES IN", isRightAligned: true), .init(title: "REPEATS EVERY", isRightAligned: true),
            .init(title: "OVERRUN", isRightAligned: true), .init(title: "NOTIFIES"),
        ])
        for timer in details.posixTimers.value ?? [] {
            table.add([
                Table.Cell(String(timer.id)), Table.Cell(timer.clock.name ?? "clock \(timer.clock.rawValue)"),
                Table.Cell(timer.isArmed ? timer.remaining.text : "not armed"),
                Table.Cell(timer.interval.isZero ? "-" : timer.interval.text), Table.Cell(String(timer.overrun)),
                Table.Cell(timer.notificationText),
            ])
        }
        return table.ifAny
    }
}
