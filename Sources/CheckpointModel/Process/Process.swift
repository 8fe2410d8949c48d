public import EvidenceText

internal import CRIUImages

/// A process of a checkpoint. Ids are those of the innermost dumped pid namespace.
public struct Process: Sendable {
    /// The process id.
    public let pid: Int
    /// The parent's process id; 0 for the root of the tree, whose parent was not dumped. Missing, as are group and session,
    /// if the process is told by its own images only.
    public let parentID: Known<Int>
    /// The process group's id; 0 if its leader is outside of the dumped pid namespace.
    public let groupID: Known<Int>
    /// The session's id; 0 if its leader is outside of the dumped pid namespace.
    public let sessionID: Known<Int>
    /// What the process was doing.
    public let state: Known<ProcessState>
    /// The name of the leader (`comm`), which the program sets freely.
    public let name: Known<ByteText>
    /// How the process ended; missing as not applicable if it has not.
    public let exitCode: Known<ExitCode>
    /// The threads, the leader first. A process that has ended has its leader only.
    public let threads: [TaskThread]
    /// How many processes are between this one and the root of its tree.
    public let depth: Int
    /// The process's place in pstree.img, which need not be in the order of the tree; nil if it is not there, and the process
    /// is told by its own images only: those of a dump that failed, or with a damaged tree.
    public let imageIndex: Int?
    /// The numbers of the process's images.
    let ids: ProcessImageIDs

    /// The number of the descriptor table, `fdinfo-N.img`, which processes can share.
    public var descriptorTable: Known<UInt32> { ids.files }
}

/// By which numbers the images of a process are found, and what it shares with others.
struct ProcessImageIDs: Sendable {
    /// The kernel objects that the process uses.
    let objects: Known<TaskKobjIdsEntry>

    /// The number of `fdinfo-ID.img`.
    var files: Known<UInt32> { objects.map(\.filesId) }
}
