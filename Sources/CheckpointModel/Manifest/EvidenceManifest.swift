public import EvidenceText

/// What a piece of evidence consists of, byte for byte: every file that is in it, whether the model reads it or not.
public struct EvidenceManifest: Sendable {
    /// The evidence, as the user named it.
    public let path: ByteText
    /// What the user named, then what belongs to it: the snapshots that the images build on, files that engines keep near
    /// them, and archives in it that hold images.
    public let sources: [EvidenceSource]
    /// What could not be read, so that the manifest lacks it.
    public let problems: [Problem]
    /// The SHA-256 of a line for each file or member, in hexadecimal: the same for the same evidence, wherever it lies and whoever asks.
    public let digest: String

    init(path: ByteText, sources: [EvidenceSource], problems: [Problem]) {
        (self.path, self.sources, self.problems) = (path, sources, problems)
        digest = DigestLines.digest(sources)
    }
}
