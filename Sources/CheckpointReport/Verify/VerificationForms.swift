internal import CheckpointAnalysis
internal import CheckpointModel
internal import EvidenceText

extension Forms {
    /// What was found about the wholeness of a checkpoint.
    static let verification = Form<VerificationDocument>.object(
        "verification", "Whether the images of a checkpoint are whole and agree with each other.",
        [
            .must("format", .enumerated(["cryoscope-verification"]), "What the document is.") { _ in
                "cryoscope-verification"
            },
            .must("version", .integer, "The version of the form.") { _ in VerificationDocument.version },
            .must("tool", tool, "What wrote the document.") { $0.tool },
            .must("path", .text, "The checkpoint, as the user named it.") { $0.path },
            .optional("manifest", verifiedManifest, "The manifest that the evidence was held against.") {
                $0.verification.manifest
            },
            .must("whole", .flag, "Whether there are no findings, or only notes.") { $0.verification.isWhole },
            .must("counts", findingCounts, "How many findings there are, by severity.") { $0.verification },
            .must("findings", .list(finding), "The findings, the worst first.") { $0.verification.findings },
            .must("omitted", .list(omittedFindings), "How many more findings of a rule an image has.") {
                $0.verification.omitted
            },
            .must("rules", .list(rule), "The rules that do not hold.") { document in
                let failed = Set(document.verification.findings.map(\.rule))
                return VerificationRule.catalogue.filter(failed.contains)
            },
            .must("images", .list(verifiedImage), "The files in the folders of the images.") { $0.verification.images },
        ])

    private static let verifiedManifest = Form<RecordedManifest>.object(
        "verified_manifest", "The manifest that evidence was held against.",
        [
            .must("digest", .digest, "The digest that it says it has.") { $0.recordedDigest },
            .must("made_at", .text, "When it was made, as it says.") { $0.madeAt },
            .optional("case", .text, "The case that it was made for.") { $0.caseID },
            .optional("examiner", .text, "Who made it.") { $0.examiner },
        ])

    private static let findingCounts = Form<Verification>.object(
        "finding_counts", "How many findings there are.",
        VerificationRule.Severity.allCases.map { severity in
            .must(severity.key, .integer, "How many are of this severity.") { $0.count(severity) }
        })

    private static let finding = Form<Finding>.object(
        "finding", "A place where a rule does not hold.",
        [
            .must("severity", severity, "How bad it is.") { $0.rule.severity.rawValue },
            .must("rule", .string, "The name of the rule.") { $0.rule.id },
            .must("image", .text, "The image, or the file of the source; empty for the checkpoint as a whole.") {
                ByteText($0.image)
            },
            .optional("entry", .integer, "The entry in the image, counted from 0.") { $0.entry },
            .optional("offset", .integer, "The byte offset in the image.") { $0.offset },
            .must("explanation", .text, "What is wrong, for a person.") { ByteText($0.explanation) },
        ])

    private static let omittedFindings = Form<OmittedFindings>.object(
        "omitted_findings", "Findings that were left out, after a hundred of one rule in one image.",
        [
            .must("rule", .string, "The name of the rule.") { $0.rule.id },
            .must("image", .text, "The image.") { ByteText($0.image) },
            .must("count", .integer, "How many.") { $0.count },
        ])

    /// A rule.
    static let rule = Form<VerificationRule>.object(
        "rule", "What holds of every image set that is whole.",
        [
            .must("id", .string, "Its stable name.") { $0.id },
            .must("severity", severity, "How bad it is if it does not hold.") { $0.severity.rawValue },
            .must("meaning", .string, "What it means that it does not hold.") { $0.meaning },
            .must("explanation", .string, "How it is found, and what can be behind it.") { $0.explanation },
        ])

    private static let verifiedImage = Form<ImageSummary>.object(
        "verified_image", "A file in a folder of images.",
        [
            .must("name", .text, "Its name, with `parent/` for each snapshot that is between the dump and it.") {
                ByteText($0.name)
            },
            .must("size", .integer, "Its size in bytes.") { $0.byteCount },
            .optional("kind", .string, "The kind of image, as CRIU names it.") { $0.kind },
            .must("whole", .flag, "Whether it can be read to its end.") { $0.isWhole },
            .optional("entries", .integer, "How many entries can be read.") { $0.entryCount },
        ])

    private static var severity: Form<String> { .enumerated(VerificationRule.Severity.allCases.map(\.rawValue)) }
}

extension VerificationRule.Severity {
    fileprivate var key: StaticString {
        switch self {
        case .error: "error"
        case .warning: "warning"
        case .note: "note"
        }
    }
}
