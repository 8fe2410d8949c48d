internal import CheckpointModel
internal import EvidenceText

extension Forms {
    /// What a piece of evidence consists of.
    static let manifest = Form<ManifestDocument>.object(
        "manifest", "What a piece of evidence consists of, byte for byte.",
        [
            .must("format", .enumerated(["cryoscope-manifest"]), "What the document is.") { _ in "cryoscope-manifest" },
            .must("version", .integer, "The version of the form.") { _ in RecordedManifest.version },
            .must(
                "digest", .digest,
                "The SHA-256 of lines made of sources and members, the same for the same evidence. A source with a digest of "
                    + "its own has one line, but for nested archives, which have none; any other has one for each member. The "
                    + "fields, with tabs between them: type (file for such a source), size, sha256, name of the source, name of "
                    + "the member, target; what is not there or null is empty. Names and targets begin with text: or, where "
                    + "they are not UTF-8, with hex: and are in hexadecimal; backslash, tab, newline and carriage return are "
                    + "\\\\, \\t, \\n and \\r."
            ) { $0.manifest.digest },
            .must("made_at", .time, "When the manifest was made.") { $0.custody.madeAt },
            .optional("case", .text, "The case that it was made for.") { $0.custody.caseID },
            .optional("examiner", .text, "Who made it.") { $0.custody.examiner },
            .optional("host", manifestHost, "The machine that it was made on.") { $0.custody.host },
            .must("tool", tool, "What wrote the document.") { $0.custody.tool },
            .must("path", .text, "The evidence, as the user named it.") { $0.manifest.path },
            .must("sources", .list(evidenceSource), "What the user named, then what belongs to it.") {
                $0.manifest.sources
            },
            .must("problems", .list(problem), "What could not be read, so that the manifest lacks it.") {
                $0.manifest.problems
            },
        ])

    private static let manifestHost = Form<ManifestDocument.Host>.object(
        "manifest_host", "The machine that a manifest was made on.",
        [
            .must("name", .text, "Its name.") { $0.name },
            .must("kernel", .text, "Name and release of the kernel.") { $0.kernel },
            .must("machine", .text, "The processor.") { $0.machine },
            .must("user_id", .integer, "The id of the user who ran the tool.") { $0.userID },
        ])

    private static let evidenceSource = Form<EvidenceSource>.object(
        "evidence_source", "A directory or file of the evidence.",
        [
            .must(
                "name", .text,
                "How it is reached: empty for what the user named, parent for a snapshot that the images build on, .. for "
                    + "files of an engine near them, the path of a member for an archive inside."
            ) { $0.name },
            .must("kind", .enumerated(EvidenceSource.Kind.allCases.map(\.rawValue)), "What it is.") {
                $0.kind.rawValue
            },
            .optional("layout", .enumerated(["oci"]), "Whether it is an OCI image layout.") {
                $0.isImageLayout ? "oci" : nil
            },
            .optional("compression", .string, "The compressor of an archive.") { $0.compression },
            .optional("size", .count, "The size of the file in bytes; directories have none.") { $0.file?.size },
            .optional("sha256", .digest, "The digest of the file; directories have none.") { $0.file?.sha256 },
            .must("members", .list(evidenceMember), "What is in it, by the bytes of the names.") { $0.members },
        ])

    private static let evidenceMember = Form<EvidenceMember>.object(
        "evidence_member", "A file, directory or link of the evidence.",
        [
            .must("name", .text, "Its path in the source.") { $0.name },
            .must("type", .enumerated(EvidenceMember.Kind.allCases.map(\.rawValue)), "What it is.") {
                $0.type.rawValue
            },
            .optional("size", .count, "The size of a regular file in bytes.") { $0.size },
            .optionalKnown(
                "sha256", .digest,
                "The digest of a regular file. Null, with the reason, if it cannot be read, also for a directory that cannot be "
                    + "listed."
            ) { $0.sha256 },
            .optional("target", .text, "Where a link leads.") { $0.target },
            .optional("same_file_as", .text, "The first name of a file that has several.") { $0.sameFileAs },
            .optional("image", .string, "The kind of image, as CRIU names it.") { $0.imageKind },
        ])
}
