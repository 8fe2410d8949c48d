internal import CheckpointModel

/// Whether the process tree is one, and has its images.
struct TreeCheck {
    private let set: ImageSet
    private let list: FindingList
    /// The processes that the tree tells of, in its order.
    private let processes: [ListedProcess]

    init(_ checkpoint: Checkpoint, _ set: ImageSet, _ list: FindingList) {
        (self.set, self.list) = (set, list)
        processes = (checkpoint.processes.value ?? []).compactMap(ListedProcess.init).sorted { $0.entry < $1.entry }
    }

    func run() {
        guard set.has("pstree.img") else { return checkAbsence() }
        checkRoots()
        checkLeaders()
        checkGroups()
        checkThreads()
        processes.forEach(checkImages)
        // Of a damaged tree the model tells what is not in it.
        if set["pstree.img"]?.isWhole == true { checkOwners() }
    }

    /// A pre-dump has no tree, and no core images either.
    private func checkAbsence() {
        guard let (image, _) = (set.numbered("core-") + set.numbered("ids-")).first else { return }
        list.add(.noTree, "pstree.img", missing: "pstree.img", "there is \(image.name), but no pstree.img")
    }

    private func add(_ rule: VerificationRule, _ process: ListedProcess, _ explanation: @autoclosure () -> String) {
        list.add(rule, "pstree.img", entry: process.entry, explanation())
    }

    // MARK: The tree

    private func checkRoots() {
        var seen: Set<Int> = []
        let all = Set(processes.map(\.pid))
        for process in processes.filter({ $0.parentID == 0 }).dropFirst() {
            add(.secondRoot, process, "process \(process.pid) has no parent, and is not the first without one")
        }
        for process in processes {
            if process.parentID != 0, all.contains(process.parentID), !seen.contains(process.parentID) {
                add(.childFirst, process, "process \(process.pid) stands before its parent \(process.parentID)")
            }
            seen.insert(process.pid)
        }
    }

    private func checkLeaders() {
        let all = Set(processes.map(\.pid))
        var told: Set<Int> = [0]
        for process in processes where !all.contains(process.sessionID) && told.insert(process.sessionID).inserted {
            add(.noSessionLeader, process, "the leader \(process.sessionID) of the session of process \(process.pid)")
        }
        for process in processes where !all.contains(process.groupID) && told.insert(process.groupID).inserted {
            add(.noGroupLeader, process, "the leader \(process.groupID) of the group of process \(process.pid)")
        }
    }

    private func checkGroups() {
        var sessions: [Int: Int] = [:]
        for process in processes {
            if process.sessionID == process.pid && process.groupID != process.pid {
                add(
                    .sessionLeaderElsewhere, process,
                    "process \(process.pid) leads a session, but is in group \(process.groupID)")
            }
            guard process.groupID != 0, process.sessionID != 0 else { continue }
            let session = sessions[process.groupID] ?? process.sessionID
            sessions[process.groupID] = session
            if session != process.sessionID {
                add(
                    .groupInTwoSessions, process,
                    "group \(process.groupID) is in session \(session), but process \(process.pid) of it in "
                        + "\(process.sessionID)")
            }
        }
    }

    private func checkThreads() {
        var owners: [Int: Int] = [:]
        for process in processes {
            if process.threads.first?.id != process.pid {
                add(.leaderNotListed, process, "the threads of process \(process.pid) do not begin with \(process.pid)")
            }
            for thread in process.threads {
                let owner = owners[thread.id] ?? process.entry
                owners[thread.id] = owner
                // Of processes with one id it is told already.
                if owner != process.entry, thread.id != process.pid {
                    add(.duplicateThread, process, "thread \(thread.id) of process \(process.pid) is another's too")
                }
            }
        }
    }

    // MARK: Images

    private func checkImages(of process: ListedProcess) {
        let pid = process.pid
        for thread in process.threads { require("core-\(thread.id).img", .noCore, process) }
        guard process.process.state.value?.hasEnded == false else { return }
        require("mm-\(pid).img", .noMemory, process)
        require("pagemap-\(pid).img", .noPageMap, process)
        require("fs-\(pid).img", .noDirectories, process)
        switch process.process.descriptorTable {
        case .value(let table): require("fdinfo-\(table).img", .noDescriptors, process)
        case .missing: require("ids-\(pid).img", .noIDs, process)
        }
    }

    private func require(_ image: String, _ rule: VerificationRule, _ process: ListedProcess) {
        guard !set.has(image) else { return }
        list.add(rule, "pstree.img", entry: process.entry, missing: image, "\(image) is not there")
    }

    /// Images of processes that are not in the tree.
    private func checkOwners() {
        let pids = Set(processes.map { UInt64(clamping: $0.pid) })
        let threads = pids.union(processes.flatMap(\.threads).map { UInt64(clamping: $0.id) })
        let tables = Set(processes.compactMap { $0.process.descriptorTable.value.map(UInt64.init) })
        let owners: [(prefix: String, ids: Set<UInt64>, what: String)] =
            [("core-", threads, "thread"), ("fdinfo-", tables, "descriptor table")]
            + ["mm-", "pagemap-", "fs-", "ids-", "vmas-", "creds-", "sigacts-", "itimers-", "posix-timers-", "rlimit-"]
            .map { ($0, pids, "process") }
        for (prefix, ids, what) in owners {
            for (image, number) in set.numbered(prefix) where !ids.contains(number) {
                list.add(.noProcess, image.name, "the tree has no \(what) \(number)")
            }
        }
    }
}
