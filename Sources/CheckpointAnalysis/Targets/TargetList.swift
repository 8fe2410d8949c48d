internal import CheckpointModel

/// The targets of a selection: the processes by their ids, then those of which there are only pages, then shared memory by its number, then files and queues in the
/// order of their images.
struct TargetList {
    let checkpoint: Checkpoint
    let selection: MemorySelection
    let processes: [Process]

    private let files: RootFiles?

    init(_ checkpoint: Checkpoint, _ selection: MemorySelection, files: RootFiles?) {
        self.files = files
        self.checkpoint = checkpoint
        self.selection = selection
        processes = (checkpoint.processes.value ?? []).filter { $0.state.value?.hasEnded != true }
            .sorted { $0.pid < $1.pid }
    }

    func targets() -> [MemoryTarget] {
        var spaces: [(process: Process, space: AddressSpace)] = []
        var withoutAreas = checkpoint.pagesOnlyPIDs
        for process in processes where selection.includes(pid: process.pid) {
            if let space = checkpoint.addressSpace(of: process, files: files).value {
                spaces.append((process, space))
            } else {
                withoutAreas.append(process.pid)
            }
        }
        let segments = Dictionary(
            spaces.map { ($0.process.pid, $0.space.segments.filter(selection.includes)) },
            uniquingKeysWith: { first, _ in first })
        let memory = spaces.map(target) + withoutAreas.sorted().compactMap(pages)
        let all =
            memory + checkpoint.sharedMemory.compactMap { sharedMemory($0, segments) }
            + contents(segments)
        return all.filter { !$0.ranges.isEmpty }
    }

    private func target(_ process: Process, _ space: AddressSpace) -> MemoryTarget {
        MemoryTarget(
            place: .process(process), space: ProcessSpace(memory: space), ranges: selection.ranges(of: space.segments))
    }

    /// The pages of a process whose areas are not known; nil if areas are selected by what they are, or if there are none.
    private func pages(of pid: Int) -> MemoryTarget? {
        guard selection.includes(pid: pid), selection.names.isEmpty, selection.protection == nil,
            let space = checkpoint.addressSpace(ofPagesOf: pid).value
        else { return nil }
        let ranges = (space.listedPages ?? []).map { $0.clamped(to: selection.addresses ?? 0..<UInt64.max) }
        return MemoryTarget(
            place: .pages(pid: pid), space: ProcessSpace(memory: space), ranges: ranges.filter { !$0.isEmpty })
    }

    /// Shared memory, as far as selected areas show it.
    func sharedMemory(_ object: SharedMemoryObject, _ segments: [Int: [MemorySegment]]) -> MemoryTarget? {
        var ranges = [0..<(object.size.value ?? .max)]
        if selection.isOfAddresses {
            ranges = selectedOffsets(segments) { $0.sharedMemory?.objectID == object.id }
        } else if !selection.pids.isEmpty {
            let isMapped = object.mappings.contains { selection.includes(pid: $0.pid) }
            guard isMapped || isOpen(object) else { return nil }
        }
        return MemoryTarget(
            place: .sharedMemory(object), space: SharedSpace(memory: checkpoint.space(of: object)),
            ranges: ranges.filter { !$0.isEmpty })
    }

    /// The offsets of an object that selected areas show.
    func selectedOffsets(
        _ segments: [Int: [MemorySegment]], _ shows: (MemorySegment) -> Bool
    ) -> [Range<UInt64>] {
        merged(
            segments.values.flatMap { $0 }.filter(shows).compactMap { segment in
                let part = segment.addresses.clamped(to: selection.addresses ?? 0..<UInt64.max)
                guard !part.isEmpty else { return nil }
                let start = segment.offset.addingCapped(part.lowerBound - segment.addresses.lowerBound)
                return start..<start.addingCapped(part.upperBound - part.lowerBound)
            })
    }

    /// Whether a selected process has shared memory open.
    private func isOpen(_ object: SharedMemoryObject) -> Bool {
        object.files.contains { file in
            checkpoint.uses(of: file).contains { $0.userID.map(selection.includes(pid:)) ?? false }
        }
    }
}
