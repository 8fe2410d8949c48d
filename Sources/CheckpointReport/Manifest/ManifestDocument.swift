public import CheckpointModel
public import EvidenceText

/// The manifest of a piece of evidence, as one JSON document or as lines for `sha256sum`.
public struct ManifestDocument: Sendable {
    let manifest: EvidenceManifest
    let custody: Custody

    /// Who made a manifest when, where and how. Nothing of it has a part in the digest.
    public struct Custody: Sendable {
        /// How the tool was called.
        public var tool: ToolCall
        /// When, in seconds since 1970.
        public var madeAt: Int64
        /// The case; nil if none was named.
        public var caseID: ByteText?
        /// The examiner; nil if none was named.
        public var examiner: ByteText?
        /// The machine; nil if it is not to be told.
        public var host: Host?

        /// Names the least: tool and time.
        public init(_ tool: ToolCall, madeAt: Int64) {
            (self.tool, self.madeAt) = (tool, madeAt)
        }
    }

    /// The machine that a manifest was made on.
    public struct Host: Sendable {
        /// Its name.
        public let name: ByteText
        /// Name and release of the kernel.
        public let kernel: ByteText
        /// The processor.
        public let machine: ByteText
        /// The id of the user who ran the tool.
        public let userID: UInt32

        /// Describes a machine.
        ///
        /// - Parameters:
        ///   - name: Its name.
        ///   - kernel: Name and release of the kernel.
        ///   - machine: The processor.
        ///   - userID: The id of the user who ran the tool.
        public init(name: ByteText, kernel: ByteText, machine: ByteText, userID: UInt32) {
            (self.name, self.kernel, self.machine, self.userID) = (name, kernel, machine, userID)
        }
    }

    /// Prepares to write.
    ///
    /// - Parameters:
    ///   - manifest: What the evidence consists of.
    ///   - custody: Who made it when, where and how.
    public init(_ manifest: EvidenceManifest, _ custody: Custody) {
        (self.manifest, self.custody) = (manifest, custody)
    }

    /// Writes the document and a newline. The same evidence and the same custody give the same bytes.
    public func write(to out: OutputBuffer) {
        var json = JSONWriter(out, .init())
        Forms.manifest.write(&json, self)
        out.append("\n")
    }

    /// The JSON Schema (draft 2020-12) of documents, and a newline.
    public static func writeSchema(to out: OutputBuffer) {
        let tree = SchemaBuilder.document(
            "urn:cryoscope:manifest:\(RecordedManifest.version)", Forms.manifest,
            about: "What a piece of evidence consists of, as cryoscope prints it.")
        tree.writeDocument(to: out)
    }
}
