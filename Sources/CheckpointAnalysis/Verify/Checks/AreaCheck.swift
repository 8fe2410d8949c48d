internal import CheckpointModel

/// Whether the memory areas of processes are what a kernel has, and whether threads stand in them.
struct AreaCheck {
    private let checkpoint: Checkpoint
    private let list: FindingList

    init(_ checkpoint: Checkpoint, _ list: FindingList) { (self.checkpoint, self.list) = (checkpoint, list) }

    func run() {
        for process in checkpoint.processes.value ?? [] {
            guard let memory = checkpoint.memory(of: process).value else { continue }
            check(memory)
            checkRegisters(process, AddressCover(memory.segments.lazy.map(\.addresses)))
        }
    }

    private func check(_ memory: ProcessMemory) {
        checkOrder(memory)
        checkOverlaps(memory)
        for segment in memory.segments { check(segment, memory) }
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

    private func check(_ segment: MemorySegment, _ memory: ProcessMemory) {
        let range = segment.addresses
        if range.isEmpty {
            list.add(.areaEmpty, memory.origin, "area \(segment.imageIndex) at \(hexadecimal(range.lowerBound))")
        }
        if range.lowerBound % memory.pageSize != 0 || range.upperBound % memory.pageSize != 0 {
            list.add(.areaMisaligned, memory.origin, "\(text(segment)), with pages of \(memory.pageSize) bytes")
        }
        if segment.status.mapsFile, segment.file.value == nil {
            list.add(.noMappedFile, memory.origin, "\(text(segment)) maps file \(segment.objectID)")
        }
    }

    // MARK: Order

    /// CRIU finds guard regions after the areas, and writes them behind these.
    private func checkOrder(_ memory: ProcessMemory) {
        let inOrder = memory.segments.sorted { $0.imageIndex < $1.imageIndex }
        for isGuard in [false, true] {
            var last: MemorySegment?
            for segment in inOrder where segment.status.contains(.guardRegion) == isGuard {
                if let last, segment.addresses.lowerBound < last.addresses.lowerBound {
                    list.add(.areasUnsorted, memory.origin, "\(text(segment)) stands behind \(text(last))")
                }
                last = segment
            }
        }
    }

    /// A guard region lies in the area that it was made in, and in no other guard region.
    private func checkOverlaps(_ memory: ProcessMemory) {
        for isGuard in [false, true] {
            var last: MemorySegment?
            for segment in memory.segments where segment.status.contains(.guardRegion) == isGuard {
                if let last, !segment.addresses.isEmpty, segment.addresses.lowerBound < last.addresses.upperBound {
                    list.add(.areasOverlap, memory.origin, "\(text(segment)) and \(text(last))")
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
                list.add(.stackUnmapped, thread.origin, "the stack pointer of thread \(thread.id) is \(hexadecimal(stack))")
            }
        }
    }
}
