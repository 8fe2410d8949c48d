import CheckpointModel

extension Forms {
    /// A file of the evidence that was read.
    static let sourceFile = Form<SourceFile>.object(
        "source_file", "A file of the evidence that was read for the document.",
        [
            .must("name", .text, "Its path in the source; that of an archive is as the user named it.") { $0.name },
            .must("kind", .enumerated(SourceFile.Kind.allCases.map(\.rawValue)), "What it is.") { $0.kind.rawValue },
            .must("size", .count, "Its size in bytes.") { $0.size },
            .must("bytes_read", .count, "How many of them were read: of page images only what was needed.") {
                $0.readCount
            },
            .known("sha256", .digest, "The digest of the whole file.") { $0.sha256 },
        ])
}
