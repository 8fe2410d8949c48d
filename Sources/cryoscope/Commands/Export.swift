import ArgumentParser
import CheckpointModel
import CheckpointReport

/// `export`: all of a checkpoint as JSON, or processes as ELF cores.
struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write all of a checkpoint as JSON, or processes as ELF cores.",
        discussion: """
            The form json is one document; ndjson is one line for each record (process, thread, vma, fd and so on). The \
            command schema prints what can be in them. Missing values are null, with the reason beside them.

            The form core is for debuggers: one process goes to the file that --out names; several go to a new or empty \
            directory, each to core.PID. Unchanged pages of programs and libraries are not in the images: debuggers \
            read them from the files.
            """)

    /// The forms of an export.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case json, ndjson, core
    }

    @Argument(help: ArgumentHelp("A directory of CRIU images, or an archive of one.", valueName: "checkpoint"))
    var checkpoint: String

    @Option(help: ArgumentHelp("json, ndjson for one line for each record, or core.", valueName: "format"))
    var format = Format.json

    @Option(
        name: [.short, .customLong("out")],
        help: ArgumentHelp("The document (default: standard output), core, or directory of cores.", valueName: "path"))
    var output: String?

    @Option(name: .customLong("pid"), help: ArgumentHelp("Only this process; may be repeated.", valueName: "pid"))
    var pids: [Int] = []

    @OptionGroup var source: SourceOptions

    @Flag(help: "Mask environment values, arguments and file contents, for sharing.")
    var redact = false

    func validate() throws {
        guard format == .core else { return }
        if output == nil { throw ValidationError("A core needs a file: name it with --out.") }
        if redact { throw ValidationError("A core cannot be redacted: it is memory.") }
    }

    func run() throws {
        try refuseReplacing(output, of: [argumentPath(checkpoint)])
        let checkpoint = try openCheckpoint(checkpoint, source.openOptions)
        let processes = try processes(pids, of: checkpoint)
        if format == .core, let output {
            try CoreExport(checkpoint, processes, to: output, isExplicit: !pids.isEmpty).run()
        } else {
            try writeDocument(checkpoint, processes)
        }
        try finish(checkpoint)
    }

    private func writeDocument(_ checkpoint: Checkpoint, _ processes: [Process]) throws {
        let document = CheckpointDocument(subject(checkpoint, processes), .all, redacts: redact)
        try OutputFile(output).write { out in
            if format == .ndjson { document.writeLines(to: out) } else { document.write(to: out) }
        }
    }
}
