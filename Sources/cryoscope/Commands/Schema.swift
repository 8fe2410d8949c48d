import ArgumentParser
import CheckpointReport

/// `schema`: what can be in an export.
struct Schema: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the JSON Schema of exports.",
        discussion: """
            What the commands print with --json is of the same schema, with the parts that they are about; but for bt, \
            whose documents have a schema of their own.
            """)

    @Option(help: ArgumentHelp("json, or ndjson for the schema of each line.", valueName: "format"))
    var format = Export.Format.json

    @Flag(name: .customLong("bt"), help: "The schema of what bt prints with --json.")
    var describesBacktraces = false

    @Flag(name: .customLong("diff"), help: "The schema of what diff prints with --json or --ndjson.")
    var describesDifferences = false

    func run() throws {
        try OutputFile(nil).write { out in
            if describesDifferences { return DifferenceDocument.writeSchema(ofLines: format == .ndjson, to: out) }
            if describesBacktraces { return BacktraceDocument.writeSchema(to: out) }
            CheckpointDocument.writeSchema(ofLines: format == .ndjson, to: out)
        }
    }
}
