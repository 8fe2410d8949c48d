import ArgumentParser
import CheckpointReport

/// `schema`: what can be in an export.
struct Schema: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Print the JSON Schema of exports.",
        discussion: """
            What the commands print with --json is of the same schema, with the parts that they are about; but for bt, \
            diff, verify, manifest and the commands below memory, which have schemas of their own.
            """)

    @Option(help: ArgumentHelp("json, or ndjson for the schema of each line.", valueName: "format"))
    var format: Export.Format?

    @Flag(name: .customLong("bt"), help: "The schema of what bt prints with --json.")
    var describesBacktraces = false

    @Flag(name: .customLong("diff"), help: "The schema of what diff prints with --json or --ndjson.")
    var describesDifferences = false

    @Flag(name: .customLong("verify"), help: "The schema of what verify prints with --json.")
    var describesVerifications = false

    @Flag(name: .customLong("manifest"), help: "The schema of what manifest prints.")
    var describesManifests = false

    @Option(
        help: ArgumentHelp(
            "The schema of what memory map, read, search, strings or extract prints with --json; of each line of search "
                + "and strings.",
            valueName: "command"),
        transform: Schema.memoryDocument)
    var memory: MemoryJSON.Document?

    private static func memoryDocument(_ name: String) throws -> MemoryJSON.Document {
        guard let document = MemoryJSON.Document(rawValue: name) else {
            let names = MemoryJSON.Document.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("The memory commands are \(names).")
        }
        return document
    }

    func validate() throws {
        let isOwn = [
            describesBacktraces, describesDifferences, describesVerifications, describesManifests, memory != nil,
        ].filter { $0 }
        guard isOwn.count <= 1, isOwn.isEmpty || format == nil || describesDifferences else {
            throw ValidationError(
                "--bt, --diff, --verify, --manifest and --memory exclude each other; --format goes with exports and --diff."
            )
        }
    }

    func run() throws {
        try OutputFile(nil).write { out in
            if describesDifferences { return DifferenceDocument.writeSchema(ofLines: format == .ndjson, to: out) }
            if let memory { return MemoryJSON.writeSchema(of: memory, to: out) }
            if describesVerifications { return VerificationDocument.writeSchema(to: out) }
            if describesManifests { return ManifestDocument.writeSchema(to: out) }
            if describesBacktraces { return BacktraceDocument.writeSchema(to: out) }
            CheckpointDocument.writeSchema(ofLines: format == .ndjson, to: out)
        }
    }
}
