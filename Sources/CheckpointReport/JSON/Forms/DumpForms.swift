import CheckpointModel
import EvidenceText

extension Forms {
    /// How a dump went.
    static let statistics = Form<DumpStatistics>.object(
        "dump_statistics", "How a dump went.",
        [
            .must("freezing_microseconds", .integer, "How long it took to stop the processes.") { $0.freezing },
            .must("frozen_microseconds", .integer, "How long the processes stood still.") { $0.frozen },
            .must("memory_dump_microseconds", .integer, "How long it took to collect the memory.") {
                $0.memoryDump
            },
            .must("memory_write_microseconds", .integer, "How long it took to write the memory.") {
                $0.memoryWrite
            },
            .known("watch_resolving_microseconds", .integer, "How long it took to find paths of watched files.") {
                $0.watchResolving
            },
            .must("pages", dumpedPages, "Pages of private memory.") { $0.pages },
            .known("shared_pages", dumpedPages, "Pages of shared memory.") { $0.sharedPages },
            .must("lazy_pages", .count, "Pages that were left behind, to be fetched on demand.") { $0.lazyPages },
            .known("page_pipes", .count, "Pipes that pages were collected in.") { $0.pipes },
            .known("page_pipe_buffers", .count, "Buffers in those pipes.") { $0.pipeBuffers },
            .must("origin", .origin, "Where it was read.") { $0.origin },
        ])

    private static let dumpedPages = Form<DumpStatistics.Pages>.object(
        "dumped_pages", "What became of pages.",
        [
            .must("scanned", .count, "Pages that were looked at.") { $0.scanned },
            .must("in_parent", .count, "Pages left out, as unchanged since the parent snapshot.") { $0.inParent },
            .must("written", .count, "Pages that were written.") { $0.written },
        ])

    /// The log of a dump.
    static let dumpLog = Form<DumpLog>.object(
        "dump_log", "The log that CRIU wrote of the dump.",
        [
            .known("criu_version", .text, "The version of CRIU.") { log in log.criuVersion.map { ByteText($0) } },
            .known("criu_revision", .text, "The revision of its source.") { $0.revision },
            .known("host_name", .text, "The name of the machine that the dump was made on.") { $0.hostName },
            .known("kernel", .text, "Its kernel, as uname has it.") { $0.kernel },
            .known("outcome", .enumerated(["finished", "failed"]), "How the dump ended, as the log says.") {
                $0.outcome.map(\.rawValue)
            },
            .must("line_count", .integer.aside, "How many lines there are.") { $0.lineCount },
            .must("error_count", .integer, "How many of them are errors.") { $0.errorCount },
            .must("warning_count", .integer, "How many of them are warnings.") { $0.warningCount },
            .must("entries", .list(dumpLogEntry.aside), "Warnings and errors, at most \(DumpLog.entryLimit).") {
                $0.entries
            },
            .must("last_line", .text.aside, "The last line.") { $0.lastLine },
            .must("origin", .origin, "Where it was read.") { $0.origin },
        ])

    private static let dumpLogEntry = Form<DumpLog.Entry>.object(
        "dump_log_entry", "A line of the log with a warning or an error.",
        [
            .must("line", .integer, "The number of the line, counted from 1.") { $0.line },
            .optional("microseconds", .count, "When it was written, since the dump began.") { $0.microseconds },
            .must("level", .enumerated(["warning", "error"]), "How bad it is.") { $0.level.rawValue },
            .must("place", .text, "The place in CRIU's source.") { $0.place },
            .must("text", .text, "What it says.") { $0.text },
        ])

    /// The log of a container.
    static let containerLog = Form<ContainerLog>.object(
        "container_log", "What the container wrote to its standard streams.",
        [
            .must("format", .enumerated(["k8s-file", "json-file", "raw"]), "How the lines are written.") {
                $0.format.rawValue
            },
            .must("line_count", .integer, "How many lines there are.") { $0.lineCount },
            .must("size", .count, "The size in bytes.") { $0.content.size },
            .known("sha256", .string, "The digest of the log.") { $0.content.sha256 },
            .must("last_lines", .list(logLine), "The last lines, at most \(containerLogLines).") {
                $0.lines(last: containerLogLines)
            },
            .must("origin", .origin, "Where it was read.") { $0.origin },
        ])

    /// How many lines of a log stand in a document.
    private static let containerLogLines = 1000

    private static let logLine = Form<ContainerLog.Line>.object(
        "log_line", "A line of a container's log.",
        [
            .must("line", .integer, "Its number, counted from 1.") { $0.number },
            .optional("time", .text, "When it was written, as the engine has it.") { $0.time },
            .optional("stream", .text, "stdout or stderr.") { $0.stream },
            .must("partial", .flag, "Whether the next line goes on with it.") { $0.isPartial },
            .must("text", .secret, "What was written.") { $0.text },
        ])
}
