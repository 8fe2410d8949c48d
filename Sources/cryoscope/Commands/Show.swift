import ArgumentParser
import CRIUImages
import CheckpointModel
import CheckpointReport
import SystemPackage

/// `show`: a checkpoint at a glance, or one image in the pretty form.
struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show a checkpoint at a glance; or one image, as pretty JSON.")

    @Argument(help: ArgumentHelp("A directory of CRIU images, or one image.", valueName: "checkpoint"))
    var checkpoint: String

    @Flag(help: "Leave out the payloads of an image's entries.")
    var nopl = false

    func run() throws {
        guard isDirectory(checkpoint) else {
            return try decode(checkpoint, to: nil, ImageJSONOptions(isPretty: true, showsPayload: !nopl))
        }
        let checkpoint = try openCheckpoint(checkpoint)
        try OutputFile(nil).write { out in
            OverviewText(checkpoint, to: out, .standardOutput).write()
        }
        try finish(checkpoint)
    }
}
