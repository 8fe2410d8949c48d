import ArgumentParser
import CheckpointReport

/// `schema`: what can be in an export.
struct Schema: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the JSON Schema of exports.",
        discussion: "What the commands print with --json is of the same schema, with the parts that they are about.")

    @Option(help: ArgumentHelp("json, or ndjson for the schema of each line.", valueName: "format"))
    var format = Export.Format.json

    func run() throws {
        try OutputFile(nil).write { out in
            CheckpointDocument.writeSchema(ofLines: format == .ndjson, to: out)
        }
    }
}
