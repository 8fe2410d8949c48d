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
