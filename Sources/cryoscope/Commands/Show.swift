import ArgumentParser
import CRIUImages

/// `show`: a checkpoint at a glance, or one image in the pretty form.
struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show a checkpoint at a glance; or one image, as pretty JSON.")

    @Argument(help: ArgumentHelp("A checkpoint or an image.", valueName: "checkpoint"))
    var checkpoint: String

    @Flag(help: "Leave out the payloads of an image's entries.")
    var nopl = false

    func run() throws {
        try decode(checkpoint, to: nil, ImageJSONOptions(isPretty: true, showsPayload: !nopl))
    }
}
