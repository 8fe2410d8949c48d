public import CheckpointModel
public import EvidenceText

/// Prints the threads of processes: what each was doing, where, and how it is scheduled.
public struct ThreadsText {
    /// What is printed beside the table.
    public struct Extras: OptionSet, Sendable {
        /// One bit for each.
        public let rawValue: Int

        /// Wraps bits.
        public init(rawValue: Int) { self.rawValue = rawValue }

        /// All registers of each thread.
        public static let registers = Extras(rawValue: 1)
        /// The seccomp filters of the processes, disassembled.
        public static let filters = Extras(rawValue: 2)
    }

    /// Prints the threads of processes.
    ///
    /// - Parameters:
    ///   - checkpoint: The checkpoint.
    ///   - processes: The processes.
    ///   - extras: What is printed beside the table.
    ///   - out: Where the text goes.
    ///   - style: How it is laid out.
    public static func write(
        _ checkpoint: Checkpoint, _ processes: [Process], _ extras: Extras, to out: OutputBuffer, _ style: TextStyle
    ) {
        var filters: [Int: SeccompFilter] = [:]
        for (index, process) in processes.enumerated() {
            if index > 0 { out.append("\n") }
            let threads = checkpoint.threads(of: process, memory: checkpoint.memory(of: process))
            writeHeading(process, to: out, style)
            writeTable(threads, process, to: out, style)
            if extras.contains(.registers) { threads.forEach { RegistersText.write($0, to: out, style) } }
            for filter in threads.flatMap({ $0.seccomp.value?.filters ?? [] }) { filters[filter.index] = filter }
        }
        guard extras.contains(.filters) else { return }
        for (_, filter) in filters.sorted(by: { $0.key < $1.key }) { write(filter, to: out, style) }
    }

    private static func writeTable(
        _ threads: [ThreadDetails], _ process: Process, to out: OutputBuffer, _ style: TextStyle
    ) {
        var table = Table([
            .init(title: "TID", isRightAligned: true), .init(title: "STATE"), .init(title: "NAME", mayBeCut: true),
            .init(title: "DOING", mayBeCut: true), .init(title: "IP", isRightAligned: true),
            .init(title: "SP", isRightAligned: true),
            .init(title: "POLICY"), .init(title: "SIGNALS"),
        ])
        for thread in threads { table.add(row(thread, process)) }
        table.write(to: out, style)
    }

    private static func row(_ thread: ThreadDetails, _ process: Process) -> [Table.Cell] {
        let registers = thread.registers.value
        let state = process.state.value
        let none = state?.hasEnded == true ? "-" : "?"
        return [
            Table.Cell(String(thread.id)), Table.Cell(state?.text ?? "?", state?.role),
            Table.Cell(thread.name.value?.forTerminal ?? "?", .name),
            Table.Cell(thread.activity.value?.text ?? none),
            Table.Cell(registers.map { padded($0.instructionPointer, 8) } ?? none),
            Table.Cell(registers.map { $0.stackPointer.value.map { padded($0, 8) } ?? "?" } ?? none),
            Table.Cell(thread.scheduling.value?.text ?? none), Table.Cell(signals(thread)),
        ]
    }

    private static func signals(_ thread: ThreadDetails) -> String {
        var parts: [String] = []
        if let blocked = thread.blockedSignals.value, !blocked.isEmpty { parts.append("blocks " + blocked.shortText) }
        if let pending = thread.pendingSignals.value, !pending.isEmpty {
            parts.append("pending " + SignalSet(pending.map(\.signal)).shortText)
        }
        return parts.joined(separator: ", ")
    }

    private static func write(_ filter: SeccompFilter, to out: OutputBuffer, _ style: TextStyle) {
        let flags = filter.flagNames.isEmpty ? "" : " " + filter.flagNames.joined(separator: " ")
        out.append("\n")
        out.append(string: style.paint("seccomp filter \(filter.index)" + flags, .heading))
        out.append("\n")
        for line in filter.disassembly {
            out.append(string: fitted(line, style.width))
            out.append("\n")
        }
        if filter.strayBytes > 0 {
            out.append(string: style.paint("\(filter.strayBytes) bytes more, which are no instruction\n", .warning))
        }
    }
}

/// Prints which process the lines below are about.
func writeHeading(_ process: Process, to out: OutputBuffer, _ style: TextStyle) {
    let name = process.name.value?.forTerminal ?? "?"
    out.append(string: style.paint("process \(process.pid) \(name)", .heading))
    out.append("\n")
}
