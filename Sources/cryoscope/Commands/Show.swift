import ArgumentParser
import CRIUImages
import CheckpointModel
import CheckpointReport
import SystemPackage

/// `show`: a checkpoint at a glance, or one image in the pretty form.
struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show a checkpoint at a glance; or one image, as pretty JSON.")

    @Argument(
        help: ArgumentHelp("A directory of CRIU images, an archive of one, or one image.", valueName: "checkpoint"))
    var checkpoint: String

    @Flag(help: "For an image: show the size of payloads in place of the payloads.")
    var nopl = false

    @OptionGroup var source: SourceOptions

    func run() throws {
        if try imageInput(checkpoint) != nil {
            return try decode(checkpoint, to: nil, ImageJSONOptions(isPretty: true, showsPayload: !nopl))
        }
        let checkpoint = try openCheckpoint(checkpoint, source.openOptions)
        try OutputFile(nil).write { out in
            OverviewText(checkpoint, to: out, .standardOutput).write()
        }
        try finish(checkpoint)
    }
}
