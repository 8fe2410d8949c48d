import ArgumentParser
import CheckpointModel
import CheckpointReport
import EvidenceText

/// `manifest`: what a piece of evidence consists of, byte for byte.
struct MakeManifest: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manifest",
        abstract: "List every file of the evidence with its size and SHA-256.",
        discussion: """
            Every file of a directory counts, whether cryoscope reads it or not; so do the snapshots that the images \
            build on, files that an engine keeps beside them, and of archives the members as well. Links are named and not \
            followed. The digest is the same for the same evidence, wherever it lies; schema --manifest says how it is \
            computed. verify --manifest holds the evidence against a manifest.

            Only the time of making differs between two runs; SOURCE_DATE_EPOCH (seconds since 1970) sets it.
            """)

    /// The forms of a manifest.
    enum Format: String, ExpressibleByArgument {
        case json, sha256sum
    }

    @Argument(help: ArgumentHelp("A directory of CRIU images, or an archive of one.", valueName: "checkpoint"))
    var checkpoint: String

    @Option(name: .customLong("case"), help: ArgumentHelp("The case that the manifest is for.", valueName: "id"))
    var caseID: String?

    @Option(help: ArgumentHelp("Who makes it.", valueName: "name"))
    var examiner: String?

    @Flag(help: "Tell the machine: its name, kernel and processor, and the user's id.")
    var host = false

    @Option(
        help: ArgumentHelp(
            "json, or sha256sum for lines that sha256sum --check takes in the directory (for an archive, in its folder).",
            valueName: "format"))
    var format = Format.json

    @Option(
        name: [.short, .customLong("out")],
        help: ArgumentHelp("The file to write (default: standard output).", valueName: "path"))
    var output: String?

    @OptionGroup var source: SourceOptions

    func validate() throws {
        if source.container != nil {
            throw ValidationError("A manifest is of all of the evidence: leave out --container.")
        }
        if format == .sha256sum && (caseID != nil || examiner != nil || host) {
            throw ValidationError("--case, --examiner and --host go with JSON.")
        }
    }

    func run() throws {
        let madeAt = try timeOfMaking()
        try refuseOutput(output, inside: [argumentPath(checkpoint)])
        let manifest = try EvidenceManifest(path: argumentPath(checkpoint), source.openOptions)
        try refuseOutput(output, inside: manifest.folders)
        var custody = ManifestDocument.Custody(toolCall, madeAt: madeAt)
        custody.caseID = caseID.map(argumentText)
        custody.examiner = examiner.map(argumentText)
        custody.host = host ? hostFacts() : nil
        let document = ManifestDocument(manifest, custody)
        try OutputFile(output).write { out in
            switch format {
            case .json: document.write(to: out)
            case .sha256sum: document.writeChecksums(to: out, isTerminal: output == nil && isTerminal)
            }
        }
        try finish(manifest)
    }
}

/// Reports what a manifest lacks, and fails if there is anything.
///
/// - Throws: ``DamagedInput`` if there are problems.
private func finish(_ manifest: EvidenceManifest) throws {
    try finish(manifest.path, manifest.problems, listedBy: "the manifest")
}
