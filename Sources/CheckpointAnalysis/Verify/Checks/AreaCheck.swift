internal import CheckpointModel

/// Whether the memory areas of processes are what a kernel has, and whether threads stand in them.
struct AreaCheck {
    private let checkpoint: Checkpoint
    private let set: ImageSet
    private let list: FindingList

    init(_ checkpoint: Checkpoint, _ set: ImageSet, _ list: FindingList) {
        (self.checkpoint, self.set, self.list) = (checkpoint, set, list)
    }

    func run() {
        for process in checkpoint.processes.value ?? [] {
            guard let memory = checkpoint.memory(of: process).value else { continue }
            check(memory, of: process.pid)
            checkRegisters(process, AddressCover(memory.segments.lazy.map(\.addresses)))
        }
    }

    private func check(_ memory: ProcessMemory, of pid: Int) {
        checkOrder(memory, pid)
        checkOverlaps(memory, pid)
        for segment in memory.segments { check(segment, memory, pid) }
        let bounds = memory.bounds
        for (start, end, what) in [
            (bounds.code.start, bounds.code.end, "code"), (bounds.data.start, bounds.data.end, "data"),
            (bounds.heap.start, bounds.heap.end, "heap"),
        ] where start > end {
            list.add(.boundsReversed, memory.origin, "\(what) from \(hexadecimal(start)) to \(hexadecimal(end))")
        }
        for (area, what) in [(memory.argumentAddresses, "arguments"), (memory.environmentAddresses, "environment")]
        where area == nil {
            list.add(.boundsReversed, memory.origin, "the \(what) end before they begin")
        }
        if checkpoint.executableFile(.value(memory)).value == nil {
            list.add(.noExecutable, memory.origin, "there is no file \(memory.executableID)")
        }
    }

    /// Adds a finding at an area.
    private func add(
        _ rule: VerificationRule, _ segment: MemorySegment, _ pid: Int, _ explanation: @autoclosure () -> String
    ) {
        let old = "vmas-\(pid).img"
        let (image, entry) = set.has(old) ? (old, segment.imageIndex) : ("mm-\(pid).img", 0)
        let place = { checkpoint.place(ofArea: segment.imageIndex, of: pid)?.offset }
        list.add(rule, image, entry: entry, offset: place(), explanation())
    }

    private func check(_ segment: MemorySegment, _ memory: ProcessMemory, _ pid: Int) {
        let range = segment.addresses
        if range.isEmpty {
            add(.areaEmpty, segment, pid, "area \(segment.imageIndex) at \(hexadecimal(range.lowerBound))")
        }
        if range.lowerBound % memory.pageSize != 0 || range.upperBound % memory.pageSize != 0 {
            add(.areaMisaligned, segment, pid, "\(text(segment)), with pages of \(memory.pageSize) bytes")
        }
        if segment.status.mapsFile, segment.file.value == nil {
            add(.noMappedFile, segment, pid, "\(text(segment)) maps file \(segment.objectID)")
        }
    }

    // MARK: Order

    /// CRIU finds guard regions after the areas, and writes them behind these.
    private func checkOrder(_ memory: ProcessMemory, _ pid: Int) {
        let inOrder = memory.segments.sorted { $0.imageIndex < $1.imageIndex }
        for isGuard in [false, true] {
            var last: MemorySegment?
            for segment in inOrder where segment.status.contains(.guardRegion) == isGuard {
                if let last, segment.addresses.lowerBound < last.addresses.lowerBound {
                    add(.areasUnsorted, segment, pid, "\(text(segment)) stands behind \(text(last))")
                }
                last = segment
            }
        }
    }

    /// A guard region lies in the area that it was made in, and in no other guard region.
    private func checkOverlaps(_ memory: ProcessMemory, _ pid: Int) {
        for isGuard in [false, true] {
            var last: MemorySegment?
            for segment in memory.segments where segment.status.contains(.guardRegion) == isGuard {
                if let last, !segment.addresses.isEmpty, segment.addresses.lowerBound < last.addresses.upperBound {
                    add(.areasOverlap, segment, pid, "\(text(segment)) and \(text(last))")
                }
                if segment.addresses.upperBound > last?.addresses.upperBound ?? 0 { last = segment }
            }
        }
    }

    private func text(_ segment: MemorySegment) -> String {
        "area \(segment.imageIndex) at \(hexadecimal(segment.addresses.lowerBound))-"
            + hexadecimal(segment.addresses.upperBound)
    }

    // MARK: Registers

    private func checkRegisters(_ process: Process, _ cover: AddressCover) {
        for thread in checkpoint.threads(of: process) {
            guard let registers = thread.registers.value else { continue }
            if !cover.contains(registers.instructionPointer) {
                list.add(
                    .instructionUnmapped, thread.origin,
                    "thread \(thread.id) stands at \(hexadecimal(registers.instructionPointer))")
            }
            if let stack = registers.stackPointer.value, !cover.contains(stack) {
                list.add(
                    .stackUnmapped, thread.origin, "the stack pointer of thread \(thread.id) is \(hexadecimal(stack))")
            }
        }
    }
}
