internal import CRIUImages

extension KernelObjectIDs {
    init(_ entry: TaskKobjIdsEntry) {
        memory = entry.vmId
        files = entry.filesId
        directories = entry.fsId
        signalHandlers = entry.sighandId
        let all: [(String, UInt32?)] = [
            ("pid", entry.pidNsId), ("net", entry.netNsId), ("ipc", entry.ipcNsId), ("uts", entry.utsNsId),
            ("mnt", entry.mntNsId), ("user", entry.userNsId), ("cgroup", entry.cgroupNsId), ("time", entry.timeNsId),
        ]
        namespaces = all.compactMap { type, id in id.map { Namespace(type: type, id: $0) } }
    }
}
