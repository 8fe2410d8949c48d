import ArgumentParser
import CheckpointAnalysis
import CheckpointModel
import CheckpointReport
import EvidenceText

/// `verify`: whether an image set is whole.
struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check whether the images are whole and agree with each other.",
        discussion: """
            Every image is read to its end, and what one image says is held against the others. Of memory pages only the \
            sizes are looked at. --rules lists what is checked, and what it means if it does not hold.

            With --manifest, all files of the evidence are held against what a manifest says of them, and nothing else is \
            checked: what is changed, missing or added since. It need not be a checkpoint any more.

            Exit status: 0 whole or unchanged (there may be notes), 1 errors or warnings were found, 2 unreadable, 64 wrong usage.
            """)

    @Argument(help: ArgumentHelp("A directory of CRIU images, or an archive of one.", valueName: "checkpoint"))
    var checkpoint: String?

    @OptionGroup var source: SourceOptions

    @Option(help: ArgumentHelp("text, json, or sarif (SARIF 2.1.0).", valueName: "format"))
    var format: Format?

    @Option(help: ArgumentHelp("Hold the evidence against this manifest.", valueName: "file"))
    var manifest: String?

    @Flag(help: "Print JSON; see schema --verify.")
    var json = false

    @Flag(help: "List the rules.")
    var rules = false

    /// The forms of output.
    enum Format: String, ExpressibleByArgument {
        case text, json, sarif
    }

    func validate() throws {
        if json && format != nil { throw ValidationError("--json and --format exclude each other.") }
        if rules && format == .sarif { throw ValidationError("--rules are printed as text or JSON.") }
        if rules && manifest != nil { throw ValidationError("--rules and --manifest exclude each other.") }
        if manifest != nil && source.container != nil {
            throw ValidationError("A manifest is of all of the evidence: leave out --container.")
        }
        if !rules && checkpoint == nil { throw ValidationError("Name a checkpoint, or ask for --rules.") }
    }

    private var form: Format { json ? .json : format ?? .text }

    func run() throws {
        guard let checkpoint, !rules else { return try printRules() }
        let (name, verification) = try verify(checkpoint)
        try OutputFile(nil).write { out in
            switch form {
            case .text: VerificationText.write(verification, of: name, to: out, .standardOutput)
            case .json: VerificationDocument(name, toolCall, verification).write(to: out)
            case .sarif: VerificationSARIF(name, toolCall, verification).write(to: out)
            }
        }
        if !verification.isWhole { throw FindingsFound() }
    }

    private func verify(_ checkpoint: String) throws -> (name: ByteText, verification: Verification) {
        guard let manifest else {
            let opened = try openCheckpoint(checkpoint, source.openOptions)
            return (opened.name, Verification(opened))
        }
        // The manifest first: what cannot be compared need not be read.
        let recorded = try RecordedManifest(path: argumentPath(manifest))
        let evidence = try EvidenceManifest(path: argumentPath(checkpoint), source.openOptions)
        return (evidence.path, Verification(evidence, against: recorded))
    }

    private func printRules() throws {
        try OutputFile(nil).write { out in
            if form == .json {
                VerificationDocument.writeRules(to: out)
            } else {
                VerificationText.writeRules(to: out, .standardOutput)
            }
        }
    }
}
