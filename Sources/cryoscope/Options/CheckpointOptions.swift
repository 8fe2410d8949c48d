import ArgumentParser
import CheckpointModel
import CheckpointReport
import EvidenceText

/// The checkpoint that a command is about.
struct CheckpointOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("A directory of CRIU images, or an archive of one.", valueName: "checkpoint"))
    var checkpoint: String

    @Option(name: .customLong("pid"), help: ArgumentHelp("Only this process; may be repeated.", valueName: "pid"))
    var pids: [Int] = []

    @OptionGroup var source: SourceOptions

    @Flag(help: "Print JSON.")
    var json = false

    /// The processes that were asked for, in the order of the tree.
    ///
    /// - Throws: ``CommandFailure`` if there is no process with one of the ids.
    func processes(of checkpoint: Checkpoint) throws -> [Process] {
        try cryoscope.processes(pids, of: checkpoint)
    }

    /// Opens the checkpoint, prints it in one form or the other, and reports what could not be read.
    ///
    /// - Parameters:
    ///   - parts: What is in the JSON form.
    ///   - text: Prints the text form.
    func run(
        _ parts: DocumentPart, text: (Checkpoint, [Process], OutputFile.Screen) throws -> Void
    ) throws {
        let checkpoint = try openCheckpoint(checkpoint, source.openOptions)
        let processes = try processes(of: checkpoint)
        try OutputFile(nil).write { out in
            if json {
                CheckpointDocument(subject(checkpoint, processes), parts).write(to: out)
            } else {
                try text(checkpoint, processes, OutputFile.Screen(out: out, style: .standardOutput))
            }
        }
        try finish(checkpoint)
    }
}
