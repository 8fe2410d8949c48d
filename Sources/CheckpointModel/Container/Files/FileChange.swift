public import EvidenceText

/// A path that a container changed in the root file system of its image.
public struct FileChange: Sendable {
    /// The path in the container.
    public let path: ByteText
    /// What became of it.
    public let kind: Kind
    /// The file as the checkpoint holds it, with its content; nil for what was deleted or emptied.
    public let file: ArchiveMember?
    /// Where it was read.
    public let origin: Origin

    /// What became of a path.
    public enum Kind: String, Sendable, CaseIterable {
        /// It was added, or something of it changed: which of both, only the image would tell.
        case written
        /// It was deleted.
        case deleted
        /// It is a directory that was replaced: what the image has in it is gone.
        case emptied
    }
}
