public import EvidenceText

extension Checkpoint {
    /// How the dump went: times and numbers of pages.
    public var statistics: Known<DumpStatistics> { DumpStatistics.load(library) }

    /// The log that CRIU wrote of the dump. It is read anew each time: keep it.
    public var dumpLog: Known<DumpLog> { DumpLog.load(library) }

    /// What the container wrote to its standard streams. It is read anew each time: keep it.
    public var containerLog: Known<ContainerLog> { ContainerLog.load(library, container) }

    /// What the standard streams of the container led to, by descriptor number, as runc and crun note it in
    /// `descriptors.json`: a path, or a pipe or socket by its inode.
    public var standardStreams: Known<[ByteText]> {
        MetadataFile.node("descriptors.json", in: library).texts
    }
}

extension Checkpoint {
    /// What the container changed in its root file system. It is read anew each time: keep it.
    public var fileSystemChanges: Known<FileSystemChanges> { FileSystemChanges.load(library, container) }

    /// The named volumes that the checkpoint holds, by name; empty if it holds none. They are read anew each time: keep
    /// them.
    public var volumes: [ContainerVolume] { ContainerVolume.list(library) }

    /// What was in /dev/shm, by path: files that processes share as memory. Podman keeps it beside the images. It is read
    /// anew each time: keep it.
    public var sharedMemoryFiles: Known<[ArchiveMember]> { library.sortedMembers("devshm-checkpoint.tar") }
}
