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
