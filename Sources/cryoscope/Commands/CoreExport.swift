import CheckpointModel
import CheckpointReport
import EvidenceText
import SystemPackage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Writes ELF cores, and says of each what is in it.
struct CoreExport {
    private let checkpoint: Checkpoint
    private let processes: [Process]
    private let path: String

    /// - Parameter isExplicit: Whether the user named the processes. If not, those that have ended, which have no memory,
    ///   are left out without a word.
    init(_ checkpoint: Checkpoint, _ processes: [Process], to path: String, isExplicit: Bool) throws {
        self.checkpoint = checkpoint
        self.path = path
        let alive = processes.filter { $0.state.value?.hasEnded != true }
        if isExplicit, let ended = processes.first(where: { $0.state.value?.hasEnded == true }) {
            throw CommandFailure(message: "process \(ended.pid) has ended: it has no memory to make a core of")
        }
        guard !alive.isEmpty || checkpoint.processes.value == nil else {
            throw CommandFailure(message: "\(checkpoint.name.forTerminal) has no process that has not ended")
        }
        self.processes = alive
    }

    func run() throws {
        guard !processes.isEmpty else { return }
        if processes.count > 1 || isDirectory(path) { try prepareFolder() }
        let isFolder = isDirectory(path)
        // Said when all is written: a reader who stops reading must not keep cores from being written.
        let summary = OutputBuffer()
        var isComplete = true
        for process in processes {
            let name = isFolder ? path + "/core.\(process.pid)" : path
            guard let core = core(process) else {
                isComplete = false
                continue
            }
            try write(core, to: name)
            CoreText.write(core, name: ByteText(name), to: summary)
        }
        try OutputFile(nil).write { $0.append(summary.collected) }
        if !isComplete { throw DamagedInput() }
    }

    private func write(_ core: ELFCore, to name: String) throws {
        do {
            try OutputFile(name).writeAnywhere { try core.write(to: $0) }
        } catch let error as Errno {
            throw CommandFailure(message: "\(ByteText(name).forTerminal) cannot be written: \(error)")
        }
    }

    /// The core of a process; nil, after a word about it, if there can be none.
    private func core(_ process: Process) -> ELFCore? {
        switch ELFCore.make(checkpoint, process) {
        case .value(let core): return core
        case .missing(let absence):
            report("no core of process \(process.pid): \(absence.detail)")
            return nil
        }
    }

    /// Makes the folder, or sees that nothing is in it that cores could be taken for.
    private func prepareFolder() throws {
        if mkdir(path, 0o777) == 0 { return }
        let error = Errno(rawValue: errno)
        guard error == .fileExists, isDirectory(path) else {
            throw CommandFailure(message: "\(ByteText(path).forTerminal) cannot be made a directory: \(error)")
        }
        guard let folder = opendir(path) else {
            throw CommandFailure(message: "\(ByteText(path).forTerminal) cannot be read: \(Errno(rawValue: errno))")
        }
        defer { closedir(folder) }
        for _ in 0..<3 {
            guard readdir(folder) != nil else { return }
        }
        throw CommandFailure(
            message: "\(ByteText(path).forTerminal) is not empty: cores go to a new or empty directory")
    }
}
