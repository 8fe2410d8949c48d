public import EvidenceText

/// A manifest that was made earlier, as its file has it.
public struct RecordedManifest: Sendable {
    /// What it lists, with the digest of these lists.
    public let manifest: EvidenceManifest
    /// The digest that it says it has.
    public let recordedDigest: String
    /// When it was made, as it says.
    public let madeAt: ByteText
    /// The case that it was made for; nil if none was named.
    public let caseID: ByteText?
    /// Who made it; nil if nobody was named.
    public let examiner: ByteText?

    /// The newest version of the form that can be read, which is the one that is written.
    public static let version = 1
}

/// A file that is no manifest that can be read.
public struct ManifestError: Error, Sendable, Equatable {
    /// What is wrong, to be put behind the name of the file. Not escaped.
    public let detail: String
}
