public import CheckpointModel
public import EvidenceText

/// Prints what CRIU's own tool prints for `x DIR ps|fds|mems|rss`, and sockets.
///
/// The text is the same, but for terminal escapes in names, which are made harmless, and where that tool fails: processes
/// that have ended are listed without memory and files, page sizes other than 4 KiB are counted right, and what is
/// missing is left out and listed as a problem of the checkpoint.
public struct CritExplorer {
    let checkpoint: Checkpoint
    let out: OutputBuffer

    /// Newlines and backslashes are passed through as that tool does; neither does harm.
    static let kept: Set<UInt8> = [0x0A, 0x5C]

    /// How deep a tree is drawn: deeper ones would take space quadratic in their processes, and that tool gives up.
    private static let deepest = 1000

    /// Prepares to print.
    ///
    /// - Parameters:
    ///   - checkpoint: What is explored.
    ///   - out: Where the text goes.
    public init(_ checkpoint: Checkpoint, to out: OutputBuffer) {
        self.checkpoint = checkpoint
        self.out = out
    }

    /// The processes in the order of the image.
    var processes: [Process] {
        (checkpoint.processes.value ?? []).sorted { ($0.imageIndex ?? .max, $0.pid) < ($1.imageIndex ?? .max, $1.pid) }
    }

    /// Prints the process tree.
    public func processTree() {
        out.append("    PID   PGID    SID   COMM\n")
        for process in checkpoint.processes.value ?? [] {
            number(process.pid, width: 7)
            number(process.groupID.value, width: 7)
            number(process.sessionID.value, width: 7)
            out.append(spaces: 3 + 4 * min(process.depth, CritExplorer.deepest))
            out.append(process.name.value ?? "?", keeping: CritExplorer.kept)
            out.append("\n")
        }
    }

    /// Prints the descriptors of each process.
    public func descriptors() {
        for process in processes {
            pid(process)
            for descriptor in checkpoint.descriptors(of: process).value ?? [] {
                line(String(descriptor.number), descriptor.critName)
            }
            guard let directories = checkpoint.directories(of: process).value else { continue }
            line("cwd", directories.current.value?.critName ?? "unknown path")
            line("root", directories.root.value?.critName ?? "unknown path")
        }
    }

    /// Prints the memory areas of each process.
    public func memoryAreas() {
        var objects = ObjectNumbers()
        for process in processes {
            pid(process)
            let memory = checkpoint.memory(of: process)
            guard let memory = memory.value else { continue }
            out.append("\texe")
            out.append(spaces: 37)
            out.append(
                checkpoint.executableFile(.value(memory)).value?.critName ?? "unknown path", keeping: CritExplorer.kept)
            out.append("\n")
            for area in memory.imageOrder { self.area(area, &objects) }
        }
    }

    /// Prints the sockets of each process.
    public func sockets() {
        for process in processes {
            pid(process)
            for descriptor in checkpoint.descriptors(of: process).value ?? [] where descriptor.type.isSocket {
                guard let socket = descriptor.file.value?.socket else { continue }
                line(String(descriptor.number), ByteText(socket.summary))
            }
        }
    }

    // MARK: Parts

    func pid(_ process: Process) {
        out.append(decimal: Int64(process.pid))
        out.append("\n")
    }

    private func number(_ value: Int?, width: Int) {
        let digits = value.map { String($0) } ?? "?"
        out.append(spaces: width - digits.utf8.count)
        out.append(string: digits)
    }

    private func line(_ label: String, _ text: ByteText) {
        out.append("\t")
        out.append(spaces: 7 - label.utf8.count)
        out.append(string: label)
        out.append(": ")
        out.append(text, keeping: CritExplorer.kept)
        out.append("\n")
    }

    private func area(_ area: MemorySegment, _ objects: inout ObjectNumbers) {
        out.append("\t")
        let start = out.hexadecimal(area.addresses.lowerBound, width: 8)
        out.append("-")
        let end = out.hexadecimal(area.addresses.upperBound, width: 8)
        out.append(spaces: 36 - start - end - 1)
        out.append(area.protection.contains(.read) ? "r" : "-")
        out.append(area.protection.contains(.write) ? "w" : "-")
        out.append(area.protection.contains(.execute) ? "x" : "-")
        out.append(areaName(area, &objects), keeping: CritExplorer.kept)
        out.append(area.status.contains(.regular) ? "\n" : " *\n")
    }

    private func areaName(_ area: MemorySegment, _ objects: inout ObjectNumbers) -> ByteText {
        if area.status.contains(.sysvIPC) { return ByteText(" ips[\(objects.number(of: area.objectID))]") }
        if area.status.contains(.anonymousShared) { return ByteText(" shmem[\(objects.number(of: area.objectID))]") }
        if area.status.contains(.socket) { return ByteText(" packet[\(objects.number(of: area.objectID))]") }
        if area.status.mapsFile { return fileName(area) }
        if area.status.contains(.stack) { return " [stack]" }
        if area.status.contains(.vsyscall) { return " [vsyscall]" }
        if area.status.contains(.vdso) { return " [vdso]" }
        return area.mapFlags & 0x100 != 0 ? " [stack?]" : ""
    }

    private func fileName(_ area: MemorySegment) -> ByteText {
        var name = [0x20] + area.critFileName.bytes
        if area.offset != 0 { name += Array(" + 0x\(String(area.offset, radix: 16))".utf8) }
        if area.status.contains(.fileShared) { name += Array(" (s)".utf8) }
        return ByteText(name)
    }
}

extension MemorySegment {
    /// The file of the area; that tool knows only files opened by path.
    var critFileName: ByteText {
        guard let file = file.value, file.type == .regular else { return "unknown path" }
        return file.critName
    }
}

extension ProcessMemory {
    /// The areas in the order of the image.
    var imageOrder: [MemorySegment] { segments.sorted { $0.imageIndex < $1.imageIndex } }
}

extension OutputBuffer {
    /// Appends a number in hexadecimal and returns how many digits it has.
    func hexadecimal(_ value: UInt64, width: Int) -> Int {
        append(hexadecimal: value, width: width)
        return max(width, (64 - value.leadingZeroBitCount + 3) / 4)
    }
}

/// Numbers shared objects from 1 in the order in which they are met.
struct ObjectNumbers {
    private var numbers: [UInt64: Int] = [:]

    mutating func number(of id: UInt64) -> String {
        let number = numbers[id] ?? numbers.count + 1
        numbers[id] = number
        return String(number, radix: 16)
    }
}
