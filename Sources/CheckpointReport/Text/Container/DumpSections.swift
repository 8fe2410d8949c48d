import CheckpointModel
import EvidenceText

/// How the dump went: inventory, statistics, log.
struct DumpSections {
    private let checkpoint: Checkpoint
    private let lines: LabelledLines

    init(_ checkpoint: Checkpoint, _ lines: LabelledLines) {
        self.checkpoint = checkpoint
        self.lines = lines
    }

    func write() {
        lines.heading("dump")
        let log = checkpoint.dumpLog
        switch log {
        case .value(let log): writeLog(log)
        case .missing(let absence): lines.line("outcome", "not known: " + ByteText(absence.detail).forTerminal)
        }
        switch checkpoint.inventory {
        case .missing(let absence): lines.line("inventory", ByteText(absence.detail).forTerminal, .warning)
        case .value(let inventory): writeInventory(inventory)
        }
        writeStatistics()
        if let log = log.value { writeEntries(log) }
    }

    private func writeInventory(_ inventory: Inventory) {
        lines.line("criu", inventory.criuVersion.value.map { ByteText($0).forTerminal } ?? "version not recorded")
        let machine = inventory.architecture.value.map { ", " + ($0.name ?? "machine \($0.rawValue)") } ?? ""
        let mode = inventory.preDumpMode.value.map { ", pre-dump by " + ($0.name ?? "mode \($0.rawValue)") } ?? ""
        lines.line("images", "format \(inventory.imageVersion)" + machine + mode)
        lines.line("run id", ifAny: inventory.runID.value?.forTerminal)
        lines.line("lsm", ifAny: inventory.securityModule.value.map { $0.name ?? "module \($0.rawValue)" })
        lines.line("network lock", ifAny: inventory.networkLock.value.map { $0.name ?? "method \($0.rawValue)" })
        lines.line("uptime", ifAny: inventory.uptimeMicroseconds.value.map(secondsText))
        lines.line("plugins", ifAny: pluginsText(inventory))
        let flags = [
            (inventory.closesTCP, "TCP connections left out"),
            (inventory.allowsUprobes, "probes of the kernel left out"),
        ].filter { $0.0.value == true }.map(\.1)
        lines.line("options", ifAny: flags.joined(separator: ", "))
    }

    private func pluginsText(_ inventory: Inventory) -> String? {
        inventory.plugins.value.map { $0.isEmpty ? "none" : $0.map(\.forTerminal).joined(separator: ", ") }
    }

    private func secondsText(_ microseconds: UInt64) -> String { "\(microseconds / 1_000_000) s" }

    // MARK: Statistics

    private func writeStatistics() {
        guard let statistics = checkpoint.statistics.value else {
            return lines.line("statistics", "none: " + ByteText(absenceText(checkpoint.statistics)).forTerminal)
        }
        let times = [
            ("stopping", statistics.freezing), ("standing still", statistics.frozen),
            ("collecting memory", statistics.memoryDump), ("writing memory", statistics.memoryWrite),
        ].map { "\($0.0) \(durationText($0.1))" }
        lines.line("times", times.joined(separator: ", "))
        lines.line("pages", pagesText(statistics.pages) + ", \(statistics.lazyPages) left behind")
        lines.line("shared pages", ifAny: statistics.sharedPages.value.map(pagesText))
        if let time = statistics.watchResolving.value, time > 0 {
            lines.line("watches", "found in " + durationText(time))
        }
        if let pipes = statistics.pipes.value, let buffers = statistics.pipeBuffers.value {
            lines.line("page pipes", "\(pipes) with \(buffers) buffers")
        }
    }

    private func absenceText<Value>(_ value: Known<Value>) -> String { value.absence?.detail ?? "" }

    private func pagesText(_ pages: DumpStatistics.Pages) -> String {
        "\(pages.scanned) looked at, \(pages.inParent) unchanged since the parent, \(pages.written) written"
    }

    // MARK: Log

    private func writeLog(_ log: DumpLog) {
        switch log.outcome {
        case .value(.finished): lines.line("outcome", "the dump succeeded, as its log says", .good)
        case .value(.failed):
            lines.line("outcome", "THE DUMP FAILED: the images are what had been written by then", .bad)
        case .missing(let absence):
            lines.line("outcome", "not known: " + ByteText(absence.detail).forTerminal, .warning)
        }
        lines.line("made on", ifAny: log.hostName.value?.forTerminal)
        lines.line("kernel", ifAny: log.kernel.value?.forTerminal)
    }

    /// How many warnings and errors are shown.
    private static let shownEntries = 20

    private func writeEntries(_ log: DumpLog) {
        let counts = counted(log.errorCount, "error") + ", " + counted(log.warningCount, "warning")
        lines.line("log", ByteText(log.origin.image).forTerminal + ": " + counts)
        // Errors tell more than warnings; the last ones tell how it ended.
        let chosen = log.entries.filter { $0.level == .error }.suffix(DumpSections.shownEntries)
        let room = DumpSections.shownEntries - chosen.count
        let warnings = log.entries.filter { $0.level == .warning }.suffix(room)
        for entry in (chosen + warnings).sorted(by: { $0.line < $1.line }) {
            lines.item(
                "\(entry.level.rawValue) line \(entry.line) \(entry.place.forTerminal): \(entry.text.forTerminal)",
                entry.level == .error ? .bad : .warning)
        }
        let left = log.errorCount + log.warningCount - chosen.count - warnings.count
        if left > 0 { lines.item("… and \(left) more") }
    }
}
