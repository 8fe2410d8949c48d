internal import CheckpointModel

/// The targets of a selection: the processes by their ids, then shared memory by its number, then files and queues in the
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
        let spaces = processes.filter { selection.includes(pid: $0.pid) }.compactMap { process in
            checkpoint.addressSpace(of: process, files: files).value.map { (process, $0) }
        }
        let memory = spaces.map { process, space in
            MemoryTarget(
                place: .process(process), space: ProcessSpace(memory: space),
                ranges: selection.ranges(of: space.segments))
        }
        let segments = Dictionary(
            spaces.map { ($0.0.pid, $0.1.segments.filter(selection.includes)) }, uniquingKeysWith: { first, _ in first }
        )
        let all =
            memory + checkpoint.sharedMemory.compactMap { sharedMemory($0, segments) }
            + contents(segments)
        return all.filter { !$0.ranges.isEmpty }
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
