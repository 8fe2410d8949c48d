import ArgumentParser
import CheckpointModel
import CheckpointReport

/// `export`: all of a checkpoint as JSON.
struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write all of a checkpoint as JSON.",
        discussion: """
            The form json is one document; ndjson is one line for each record (process, thread, vma, fd and so on). The \
            command schema prints what can be in them. Missing values are null, with the reason beside them.
            """)

    /// The forms of an export.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case json, ndjson
    }

    @Argument(help: ArgumentHelp("A directory of CRIU images, or an archive of one.", valueName: "checkpoint"))
    var checkpoint: String

    @Option(help: ArgumentHelp("json, or ndjson for one line for each record.", valueName: "format"))
    var format = Format.json

    @Option(
        name: [.short, .customLong("out")],
        help: ArgumentHelp("The document (default: standard output).", valueName: "file"))
    var output: String?

    @OptionGroup var source: SourceOptions

    @Flag(help: "Mask environment values, arguments and file contents, for sharing.")
    var redact = false

    func run() throws {
        let checkpoint = try openCheckpoint(checkpoint, source.openOptions)
        let document = CheckpointDocument(subject(checkpoint, checkpoint.processes.value ?? []), .all, redacts: redact)
        try OutputFile(output).write { out in
            switch format {
            case .json: document.write(to: out)
            case .ndjson: document.writeLines(to: out)
            }
        }
        try finish(checkpoint)
    }
}
