import CheckpointModel

/// Threads, drawn together to processes where all threads of one are there.
struct CgroupMembers {
    /// The processes, and single threads as `PID/TID`.
    let text: String

    /// - Parameter pids: The processes that are shown.
    init(_ threads: [CgroupSet.Member], of pids: Set<Int>) {
        let shown = threads.filter { pids.contains($0.pid) }
        let leaders = Set(shown.filter { $0.pid == $0.tid }.map(\.pid))
        let others = Set(shown.filter { !leaders.contains($0.pid) }).sorted { ($0.pid, $0.tid) < ($1.pid, $1.tid) }
        let parts = [numberRanges(Array(leaders))] + others.map { "\($0.pid)/\($0.tid)" }
        text = parts.filter { !$0.isEmpty }.joined(separator: ", ")
    }
}
