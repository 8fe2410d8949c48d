internal import CheckpointModel
internal import EvidenceText

/// Whether what processes have open is there, and whether what is there is open.
struct FileCheck {
    private let checkpoint: Checkpoint
    private let set: ImageSet
    private let list: FindingList
    private let processes: [Process]

    init(_ checkpoint: Checkpoint, _ set: ImageSet, _ list: FindingList) {
        (self.checkpoint, self.set, self.list) = (checkpoint, set, list)
        processes = (checkpoint.processes.value ?? []).filter { $0.state.value?.hasEnded != true }
    }

    func run() {
        guard checkpoint.processes.value != nil else { return }
        checkDescriptors()
        checkDirectories()
        checkpoint.files.forEach(check)
        if canTellUses { checkpoint.files.forEach(checkUses) }
        checkRemaps()
        checkLocks()
        for pipe in checkpoint.pipes where pipe.readers.isEmpty && pipe.writers.isEmpty {
            guard let origin = pipe.origin else { continue }
            list.add(.pipeDataUnclaimed, origin, "no file is an end of pipe \(pipe.id)")
        }
    }

    // MARK: Processes

    private func checkDescriptors() {
        var tables: Set<UInt32> = []
        for process in processes {
            // A table that processes share is looked at once.
            guard let table = process.descriptorTable.value, tables.insert(table).inserted else { continue }
            var numbers: Set<UInt32> = []
            for descriptor in checkpoint.descriptors(of: process).value ?? [] {
                if descriptor.file.value == nil {
                    let type = descriptor.type.name ?? "type \(descriptor.type.rawValue)"
                    list.add(
                        .noFile, descriptor.origin,
                        "descriptor \(descriptor.number) stands for file \(descriptor.fileID) of \(type)")
                }
                if !numbers.insert(descriptor.number).inserted {
                    list.add(.duplicateDescriptor, descriptor.origin, "descriptor \(descriptor.number) is there twice")
                }
            }
        }
    }

    private func checkDirectories() {
        for process in processes {
            guard let directories = checkpoint.directories(of: process).value else { continue }
            for (file, what) in [(directories.current, "working directory"), (directories.root, "root directory")]
            where file.value == nil {
                list.add(.noDirectory, "fs-\(process.pid).img", entry: 0, "the \(what) is not among the files")
            }
        }
    }

    private func checkLocks() {
        for lock in checkpoint.locks where checkpoint.file(pid: lock.pid, descriptor: lock.descriptor) == nil {
            list.add(.noLockOwner, lock.origin, "process \(lock.pid) has no descriptor \(lock.descriptor)")
        }
    }

    // MARK: Files

    private func check(_ file: OpenFile) {
        switch file.detail {
        case .pipe(let end): checkPath(end.pathFileID, of: file)
        case .terminal(let terminal): check(terminal, file)
        case .memfd(let memory):
            if memory.inode.value == nil { list.add(.noMemfd, file.origin, "there is no memfd \(memory.inodeID)") }
        case .epoll(let instance): check(instance, file)
        default: break
        }
    }

    private func checkUses(of file: OpenFile) {
        if checkpoint.uses(of: file.reference).isEmpty {
            list.add(.unusedFile, file.origin, "nothing leads to file \(file.id), \(target(of: file))")
        }
    }

    /// Whether all that can lead to files could be read.
    private var canTellUses: Bool {
        let images =
            ["sk-queues.img", "remap-fpath.img", "files.img"].filter(set.has)
            + processes.flatMap { process in
                ["mm-\(process.pid).img", "fs-\(process.pid).img"]
                    + (process.descriptorTable.value.map { ["fdinfo-\($0).img"] } ?? [""])
            }
        return images.allSatisfy { name in set[name].map { $0.isWhole && $0.entryCount ?? 0 > 0 } ?? false }
    }

    private func checkPath(_ id: UInt32?, of file: OpenFile) {
        guard let id, checkpoint.file(FileReference(type: .regular, id: id)).value == nil else { return }
        list.add(.noPathFile, file.origin, "there is no file \(id)")
    }

    private func check(_ terminal: TerminalFile, _ file: OpenFile) {
        checkPath(terminal.pathFileID, of: file)
        if checkpoint.terminal(of: terminal).value == nil, set.has("tty-info.img") {
            list.add(.noTerminal, file.origin, "there is no terminal \(terminal.terminalID)")
        }
    }

    private func check(_ instance: EventPoll, _ file: OpenFile) {
        for target in instance.targets where checkpoint.target(of: target, in: file.reference) == nil {
            list.add(.noEpollTarget, file.origin, "it watches descriptor \(target.descriptor)")
        }
    }

    private func target(of file: OpenFile) -> String {
        file.target.value.map { String(decoding: $0.bytes, as: UTF8.self) } ?? file.type.name ?? "of unknown type"
    }

    // MARK: Deleted files

    private func checkRemaps() {
        let regular = Set(checkpoint.files.lazy.filter { $0.type == .regular }.map(\.id))
        let numbers = Set(checkpoint.ghosts.map(\.number))
        for remap in checkpoint.fileRemaps {
            if !regular.contains(remap.file) {
                list.add(.remapOfNothing, remap.origin, "there is no file \(remap.file)")
            }
            switch remap.place {
            case .ghost(let number) where !numbers.contains(number):
                let image = "ghost-file-\(String(number, radix: 16)).img"
                list.add(
                    .noRemapTarget, "remap-fpath.img", entry: remap.origin.entry, missing: image, "there is no \(image)"
                )
            case .link(let file) where !regular.contains(file):
                list.add(.noRemapTarget, remap.origin, "there is no file \(file)")
            default: break
            }
        }
        for ghost in checkpoint.ghosts where ghost.files.isEmpty {
            list.add(.ghostUnclaimed, ghost.origin.image, "no file leads to it")
        }
    }
}
