import ArgumentParser
import CRIUImages
import EvidenceText

/// `decode`: an image as JSON.
struct Decode: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Convert an image to JSON.",
        discussion:
            "The JSON is the one that CRIU's crit prints. After damage, the entries before it are still written."
    )

    @Flag(help: "Several lines; hexadecimal, flags, addresses and states by name.")
    var pretty = false

    @Flag(help: "Show the size of payloads in place of the payloads.")
    var nopl = false

    @Option(
        name: [.short, .customLong("in")], help: ArgumentHelp("The image (default: standard input).", valueName: "file")
    )
    var input: String?

    @Option(
        name: [.short, .customLong("out")],
        help: ArgumentHelp("The JSON (default: standard output).", valueName: "file"))
    var output: String?

    func run() throws {
        try decode(input, to: output, ImageJSONOptions(isPretty: pretty, showsPayload: !nopl))
    }
}

/// Writes an image as JSON to a file, or with a newline at the end to standard output.
func decode(_ path: String?, to output: String?, _ options: ImageJSONOptions) throws {
    let input = try Input(path)
    let image = try ImageFile(input.bytes, name: input.name)
    if image.header.byteOrder == .big {
        report("\(input.name): big-endian; to encode it again, use --byte-order big")
    }
    try OutputFile(output).write { out in
        defer { if output == nil { out.append(0x0A) } }
        try image.writeJSON(to: out, options)
    }
}
