internal import CRIUImages
internal import EvidenceText

/// A file of a file system that lay in memory.
public struct MemoryFileMember: Sendable {
    /// The image, or the file beside the images, that is the archive of it.
    public let archive: String
    /// The file.
    public let member: ArchiveMember
}

extension Checkpoint {
    /// The regular files of tmpfs mounts, and of the shared memory of a container (`/dev/shm`), in the order of the archives.
    ///
    /// - Complexity: Reads the archives. Damage is listed in ``problems``.
    public var memoryFiles: [MemoryFileMember] {
        let images = library.source.imageNames.filter {
            ImageKind(fileName: $0).map { [.tmpfsDev, .tmpfsImg].contains($0) } ?? false
        }
        let attachments = library.source.attachmentNames.filter { $0.hasPrefix("devshm-checkpoint.tar") }
        return (images + attachments).flatMap { name in
            (library.archive(name).value?.members ?? []).filter { $0.type == .file }
                .map { MemoryFileMember(archive: name, member: $0) }
        }
    }
}
