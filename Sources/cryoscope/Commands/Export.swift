import ArgumentParser
import CheckpointModel
import CheckpointReport

/// `export`: all of a checkpoint as JSON.
struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write all of a checkpoint as one JSON document.")

    @Argument(help: ArgumentHelp("A directory of CRIU images, or an archive of one.", valueName: "checkpoint"))
    var checkpoint: String

    @Option(
        name: [.short, .customLong("out")],
        help: ArgumentHelp("The document (default: standard output).", valueName: "file"))
    var output: String?

    func run() throws {
        let checkpoint = try openCheckpoint(checkpoint)
        let reports = (checkpoint.processes.value ?? []).map { ProcessReport($0, in: checkpoint) }
        try OutputFile(output).write { out in
            CheckpointJSON(checkpoint, reports, .all, toolVersion: toolVersion).write(to: out)
        }
        try finish(checkpoint)
    }
}
