public import EvidenceText

internal import CRIUImages

extension Checkpoint {
    /// What tells the program of a process from others: the places in its memory that `execve` sets, where its arguments begin,
    /// and its file. Less is read for it than for the memory.
    public func programPlaces(of process: Process) -> Known<ProgramPlaces> {
        if process.state.value?.hasEnded == true { return .missing(.ended) }
        return library.record("mm-\(process.pid).img", MmEntry.self).map { entry in
            ProgramPlaces(
                codeStart: entry.mmStartCode, stackStart: entry.mmStartStack, argumentStart: entry.mmArgStart,
                executable: file(.regular, entry.exeFileId).flatMap(\.target))
        }
    }

    /// The path of the program that a process runs.
    ///
    /// - Parameter memory: The memory of the process.
    public func executable(_ memory: Known<ProcessMemory>) -> Known<ByteText> {
        executableFile(memory).flatMap(\.target)
    }

    /// The file of the program that a process runs.
    public func executableFile(_ memory: Known<ProcessMemory>) -> Known<OpenFile> {
        memory.flatMap { file(.regular, $0.executableID) }
    }

    /// The command line of a process, as /proc/PID/cmdline has it, split at its NULs.
    ///
    /// A program can overwrite the area (`setproctitle`): if it does not end with a NUL, the kernel takes what is there
    /// up to the first NUL, and so does this.
    public func arguments(_ memory: Known<ProcessMemory>) -> Known<[ByteText]> {
        memory.flatMap { memory in
            guard let area = memory.argumentAddresses else { return .missing(.badArea) }
            if area.isEmpty { return .value([]) }
            return memory.bytes(at: area).flatMap { bytes in
                if bytes.last == 0 { return .value(words(bytes)) }
                return .value([title(bytes, memory)])
            }
        }
    }

    /// The environment that a process was started with, as /proc/PID/environ has it, split at its NULs.
    ///
    /// Words can lack a `=`, and the area can be overwritten by the program.
    public func environment(_ memory: Known<ProcessMemory>) -> Known<[ByteText]> {
        memory.flatMap { memory in
            guard let area = memory.environmentAddresses else { return .missing(.badArea) }
            return memory.bytes(at: area).map(words)
        }
    }

    /// The current directory, root directory and umask of a process.
    public func directories(of process: Process) -> Known<ProcessDirectories> {
        if process.state.value?.hasEnded == true { return .missing(.ended) }
        return library.needed("fs-\(process.pid).img", FsEntry.self).map { entry in
            ProcessDirectories(
                current: file(.regular, entry.cwdId), root: file(.regular, entry.rootId),
                umask: entry.umask.map { .value($0) }
                    ?? .missing(Absence(.notRecorded, "fs-\(process.pid).img has no umask")))
        }
    }

    private func words(_ bytes: [UInt8]) -> [ByteText] {
        var words = bytes.split(separator: 0, omittingEmptySubsequences: false).map { ByteText(Array($0)) }
        if bytes.last == 0 || bytes.isEmpty { words.removeLast() }
        return words
    }

    /// The title that a program wrote over its arguments, which may go on into the environment behind them.
    private func title(_ bytes: [UInt8], _ memory: ProcessMemory) -> ByteText {
        let start = ByteText(bytes).upToNUL
        guard start.count == bytes.count, let area = memory.argumentAddresses, let rest = memory.environmentAddresses,
            rest.lowerBound == area.upperBound, let more = memory.bytes(at: rest).value
        else { return start }
        return ByteText(bytes + more).upToNUL
    }
}

extension Absence {
    static let badArea = Absence(.damaged, "the area ends before it begins")
}

/// The current directory, root directory and umask of a process.
public struct ProcessDirectories: Sendable {
    /// The current directory.
    public let current: Known<OpenFile>
    /// The root directory.
    public let root: Known<OpenFile>
    /// The file mode creation mask.
    public let umask: Known<UInt32>
}
