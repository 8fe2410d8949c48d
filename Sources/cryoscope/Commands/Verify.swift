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

            Exit status: 0 whole (there may be notes), 1 errors or warnings were found, 2 unreadable, 64 wrong usage.
            """)

    @Argument(help: ArgumentHelp("A directory of CRIU images, or an archive of one.", valueName: "checkpoint"))
    var checkpoint: String?

    @OptionGroup var source: SourceOptions

    @Option(help: ArgumentHelp("text, json, or sarif (SARIF 2.1.0).", valueName: "format"))
    var format: Format?

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
        if !rules && checkpoint == nil { throw ValidationError("Name a checkpoint, or ask for --rules.") }
    }

    private var form: Format { json ? .json : format ?? .text }

    func run() throws {
        guard let checkpoint, !rules else { return try printRules() }
        let opened = try openCheckpoint(checkpoint, source.openOptions)
        let verification = Verification(opened)
        try OutputFile(nil).write { out in
            switch form {
            case .text: VerificationText.write(verification, of: opened.name, to: out, .standardOutput)
            case .json: VerificationDocument(subject(opened, []), verification).write(to: out)
            case .sarif: VerificationSARIF(subject(opened, []), verification).write(to: out)
            }
        }
        if !verification.isWhole { throw FindingsFound() }
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
