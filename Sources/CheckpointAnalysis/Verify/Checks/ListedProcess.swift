internal import CheckpointModel

/// A process that pstree.img tells of.
struct ListedProcess {
    let process: Process
    let pid: Int
    let threads: [TaskThread]
    let parentID: Int
    let groupID: Int
    let sessionID: Int
    /// Its place in the image.
    let entry: Int

    init?(_ process: Process) {
        guard let entry = process.imageIndex, let parentID = process.parentID.value,
            let groupID = process.groupID.value, let sessionID = process.sessionID.value
        else { return nil }
        (self.process, self.entry, pid, threads) = (process, entry, process.pid, process.threads)
        (self.parentID, self.groupID, self.sessionID) = (parentID, groupID, sessionID)
    }
}
