public import CheckpointModel
public import EvidenceText

/// Prints a checkpoint at a glance: what was dumped, when and by what, the processes, and totals.
public struct OverviewText {
    private let checkpoint: Checkpoint
    private let reports: [ProcessReport]
    /// The descriptors of all processes.
    private let descriptors: [Descriptor]
    private let out: OutputBuffer
    private let style: TextStyle

    /// Reads the checkpoint.
    ///
    /// - Parameters:
    ///   - checkpoint: What is shown.
    ///   - out: Where the text goes.
    ///   - style: How it is laid out.
    public init(_ checkpoint: Checkpoint, to out: OutputBuffer, _ style: TextStyle) {
        self.checkpoint = checkpoint
        self.out = out
        self.style = style
        reports = (checkpoint.processes.value ?? []).map { ProcessReport($0, in: checkpoint) }
        descriptors = reports.flatMap { $0.descriptors.value ?? [] }
    }

    /// Prints.
    public func write() {
        line("checkpoint", checkpoint.name.forTerminal, .name)
        if checkpoint.outcome == .value(.failed) {
            line("outcome", "THE DUMP FAILED: the images are what had been written by then", .bad)
        }
        if let container = checkpoint.container.value { writeContainer(container) }
        writeInventory()
        writeTotals()
        if !reports.isEmpty {
            out.append("\n")
            ProcessTable(reports, .overview).write(to: out, style)
        }
    }

    private func line(_ label: String, _ text: String, _ role: TextStyle.Role? = nil) {
        out.append(string: style.paint(label, .heading))
        out.append(spaces: 12 - label.count)
        out.append(string: style.paint(fitted(text, style.width.map { max($0 - 12, 8) }), role))
        out.append("\n")
    }

    private func writeContainer(_ container: Container) {
        let engine = container.engine.value.map { " (\($0.rawValue))" } ?? ""
        line("container", (container.name.value?.forTerminal ?? "without a name") + engine, .name)
        if let id = container.id.value { line("id", id.forTerminal) }
        if let image = container.image.name.value { line("image", image.forTerminal) }
        if let pod = container.pod.value { line("pod", pod.text) }
        let addresses = (container.networks.value ?? []).flatMap { $0.addresses.map(\.address.forTerminal) }
        if !addresses.isEmpty { line("addresses", addresses.joined(separator: ", ")) }
        let runtime = container.runtime.value.map { ", runtime " + $0.forTerminal } ?? ""
        if let time = container.times.created.value { line("created", time.text.forTerminal + runtime) }
        if let time = container.times.started.value { line("started", time.text.forTerminal) }
        if let time = container.times.checkpointed.value { line("frozen at", time.text.forTerminal) }
        if !container.exposures.isEmpty {
            line("exposed", container.exposures.map(\.text).joined(separator: "; "), .warning)
        }
        if let changes = checkpoint.fileSystemChanges.value { line("root fs", changes.summary) }
    }

    private func writeInventory() {
        switch checkpoint.inventory {
        case .missing(let absence): line("dumped", "unknown: \(ByteText(absence.detail).forTerminal)", .warning)
        case .value(let inventory):
            let version =
                inventory.criuVersion.value.map { "CRIU " + ByteText($0).forTerminal } ?? "CRIU, version not recorded"
            let machine = inventory.architecture.value.map { ", " + ($0.name ?? "machine \($0.rawValue)") } ?? ""
            line("dumped by", version + machine + ", image format \(inventory.imageVersion)")
            if let time = inventory.writtenAt.value { line("written", timeText(time) + " (time of the files)") }
            if let frozen = inventory.frozenMicroseconds.value { line("frozen for", durationText(frozen)) }
        }
    }

    private func writeTotals() {
        guard checkpoint.processes.value != nil else {
            line("processes", "none recorded: a pre-dump, an unfinished dump, or a damaged source", .warning)
            let count = checkpoint.pagesOnlyPIDs.count
            if count > 0 { line("memory", "pages of \(counted(count, "process", "processes")), without areas") }
            return
        }
        line("processes", processTotals)
        let lost = reports.count { $0.process.imageIndex == nil }
        if lost > 0 {
            let which = lost == reports.count ? "" : "of \(lost) of them "
            line("tree", which + "not there or damaged: parents, groups and sessions are not known", .warning)
        }
        line("memory", memoryTotals)
        line("files", fileTotals)
        line("sockets", socketTotals)
    }

    private var processTotals: String {
        let threads = reports.reduce(0) { $0 + $1.process.threads.count }
        let states = tally(reports.map { $0.process.state.value?.text ?? "unknown" })
        return counted(reports.count, "process", "processes") + ", " + counted(threads, "thread") + ": " + states
    }

    private var memoryTotals: String {
        var counts = PageCounts()
        var bytes: UInt64 = 0
        var areas = 0
        for memory in reports.compactMap(\.memory.value) {
            counts += memory.pages
            let (sum, overflow) = bytes.addingReportingOverflow(memory.dumpedBytes(memory.pages))
            bytes = overflow ? .max : sum
            areas += memory.segments.count
        }
        var text = "\(byteText(bytes)) dumped of \(counted(areas, "area"))"
        if counts.parent > 0 { text += ", \(counted(Int(clamping: counts.parent), "page")) in parent snapshots" }
        if counts.lost > 0 { text += ", \(counted(Int(clamping: counts.lost), "page")) lost" }
        if counts.lazy > 0 { text += ", \(counted(Int(clamping: counts.lazy), "page")) never fetched" }
        return text
    }

    private var fileTotals: String {
        let files = Set(descriptors.map { FileIdentity(type: $0.type, id: $0.fileID) })
        let deleted = Set(
            descriptors.filter { $0.file.value?.isDeleted == true }.map { FileIdentity(type: $0.type, id: $0.fileID) })
        let note = deleted.isEmpty ? "" : ", \(deleted.count) of them deleted"
        return counted(descriptors.count, "descriptor") + " of " + counted(files.count, "open file") + note
    }

    private var socketTotals: String {
        var seen: Set<FileIdentity> = []
        let sockets = descriptors.filter {
            $0.type.isSocket && seen.insert(FileIdentity(type: $0.type, id: $0.fileID)).inserted
        }
        if sockets.isEmpty { return "none" }
        return "\(sockets.count): " + tally(sockets.map { $0.file.value?.socket?.protocolName ?? "unknown" })
    }

    private struct FileIdentity: Hashable {
        let type: FileType
        let id: UInt32
    }
}

/// How often each word occurs, the most frequent first.
private func tally(_ words: [String]) -> String {
    let counts = Dictionary(words.map { ($0, 1) }, uniquingKeysWith: +)
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.value) \($0.key)" }.joined(
        separator: ", ")
}
