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

/// What a container changed in its root file system.
///
/// Engines leave out what lies in mounts, and can be told to leave out all of it.
public struct FileSystemChanges: Sendable {
    /// The changes, by path.
    public let changes: [FileChange]
    /// Why the files that were written are not known; nil if they are.
    public let writtenAbsence: Absence?
    /// Why the paths that were deleted are not known; nil if they are.
    public let deletedAbsence: Absence?
}

/// A named volume of a container, with what was in it.
public struct ContainerVolume: Sendable {
    /// Its name.
    public let name: ByteText
    /// What was in it, by path.
    public let files: Known<[ArchiveMember]>
    /// Where it was read.
    public let origin: Origin
}
