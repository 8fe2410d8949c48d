import CheckpointModel
import EvidenceText

extension Forms {
    /// What a process document says of files.
    static let processFiles: [Field<ProcessReport>] = [
        .known("current_directory", .text, "The current directory.") { report in
            report.directories.flatMap { $0.current.flatMap(\.target) }
        }.part(.files),
        .known("root_directory", .text, "The root directory.") { report in
            report.directories.flatMap { $0.root.flatMap(\.target) }
        }.part(.files),
        .known("umask", .octal, "The file mode creation mask.") { $0.directories.flatMap(\.umask) }.part(.files),
        .knownRecords("descriptors", descriptor.aside, "The open files, in the order of the image.") { report in
            report.descriptors.map { $0.map { DescriptorReport(descriptor: $0, report: report) } }
        }.part(.files),
    ]
}

/// What a document says of files, sockets and memory that several processes can share.
extension Forms {
    /// The members of a document that are lists of such things, as far as its processes have to do with them.
    static let openFiles: [Field<CheckpointDocument.Subject>] = [
        .records("files", file.aside, "All open and mapped files.") { subject in
            subject.checkpoint.files(usedBy: subject.chosen).map {
                FileReport(file: $0, checkpoint: subject.checkpoint)
            }
        }.part(.files),
        .records("pipes", pipe.aside, "The pipes, with what nobody had read.") { subject in
            subject.checkpoint.pipes.filter { subject.uses($0.readers + $0.writers) }.map {
                PipeReport(pipe: $0, checkpoint: subject.checkpoint)
            }
        }.part(.files),
        .records("terminals", terminal, "The terminals.") { subject in
            let used = Set(
                subject.checkpoint.files(usedBy: subject.chosen).compactMap { file -> UInt32? in
                    guard case .terminal(let terminal) = file.detail else { return nil }
                    return terminal.terminalID
                })
            return subject.checkpoint.terminals.filter { subject.chosen == nil || used.contains($0.id) }
        }.part(.files),
        .records("deleted_files", ghost, "The deleted files that are stored with their content.") { subject in
            subject.checkpoint.ghosts.filter { ghost in
                subject.uses(ghost.files.map { FileReference(type: .regular, id: $0) })
            }
        }.part(.files),
        .records("locks", lock.aside, "The locks and leases.") { subject in
            subject.checkpoint.locks.filter { subject.chosen?.contains($0.pid) ?? true }
        }.part(.files),
        .records("sockets", socket.aside, "The sockets.") { SocketReport.all($0.checkpoint, pids: $0.chosen) }
            .part(.sockets),
        .records("shared_memory", sharedMemory.aside, "Memory that several processes can map as one object.") {
            subject in
            subject.checkpoint.sharedMemory.filter { object in
                subject.chosen.map { pids in object.mappings.contains { pids.contains($0.pid) } } ?? true
            }
        }.part(.memory),
    ]
}

extension CheckpointDocument.Subject {
    /// The processes that were chosen; nil if it is all of them.
    fileprivate var chosen: Set<Int>? {
        guard let all = checkpoint.processes.value, all.count != processes.count else { return nil }
        return Set(processes.map(\.pid))
    }

    /// Whether a chosen process uses one of some files.
    fileprivate func uses(_ references: [FileReference]) -> Bool {
        guard let pids = chosen else { return true }
        return references.contains { file in
            checkpoint.uses(of: file).contains { use in
                if case .path(let other) = use { return uses([other]) }
                return use.pid.map(pids.contains) == true
            }
        }
    }
}
