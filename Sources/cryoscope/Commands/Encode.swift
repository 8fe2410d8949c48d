import ArgumentParser
import CRIUImages

/// `encode`: JSON as an image.
struct Encode: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Convert JSON, plain or pretty, back to an image.")

    @Option(
        name: [.short, .customLong("in")], help: ArgumentHelp("The JSON (default: standard input).", valueName: "file"))
    var input: String?

    @Option(
        name: [.short, .customLong("out")],
        help: ArgumentHelp("The image (default: standard output).", valueName: "file"))
    var output: String?

    @Option(
        help: ArgumentHelp(
            "little, or big for s390x (default: by the machine in a CORE image, else little).", valueName: "order"))
    var byteOrder: WordOrder?

    func run() throws {
        let input = try Input(input)
        let encoder = ImageJSONEncoder(input.bytes, byteOrder: byteOrder?.byteOrder)
        do {
            try OutputFile(output).write(keepsPart: false) { out in try encoder.write(to: out) }
        } catch let error as ImageJSONError {
            throw CommandFailure(message: "\(input.name), \(error)")
        }
    }
}

/// The values of `--byte-order`.
enum WordOrder: String, CaseIterable, ExpressibleByArgument {
    case little, big

    /// The order in terms of images.
    var byteOrder: ByteOrder { self == .little ? .little : .big }
}
