internal import CheckpointModel
internal import Synchronization

/// Looks up what there is to say of finds.
final class HitDetails: Sendable {
    private let checkpoint: Checkpoint
    private let context: Int
    private let mapped = Mutex<Mapped>(Mapped())

    /// What is looked up once.
    private struct Mapped {
        var spaces: [Int: AddressSpace] = [:]
        /// The areas that map deleted files, by the image of the file.
        var deletedFiles: [String: [(pid: Int, segment: MemorySegment)]]?
    }

    init(_ checkpoint: Checkpoint, context: Int) {
        self.checkpoint = checkpoint
        self.context = context
    }

    func hit(_ find: FindBatch.Find, in target: MemoryTarget) -> SearchHit {
        let first = find.addresses.lowerBound
        return SearchHit(
            place: target.place, addresses: find.addresses,
            segment: (target.space as? ProcessSpace)?.memory.segment(at: first),
            origin: target.space.origin(at: first), pids: pids(target.place), mappings: mappings(target.place, first),
            before: context == 0 ? [] : before(find, target.space),
            match: find.withUnsafeBytes { Array($0) },
            after: context == 0 ? [] : after(find, target.space))
    }

    private func before(_ find: FindBatch.Find, _ space: any ByteSpace) -> [UInt8] {
        let offset = Int(find.addresses.lowerBound - find.subject.base)
        guard offset >= context else { return space.bytes(before: find.addresses.lowerBound, context) }
        return find.subject.withUnsafeBytes { Array($0[(offset - context)..<offset]) }
    }

    private func after(_ find: FindBatch.Find, _ space: any ByteSpace) -> [UInt8] {
        let subject = find.subject
        guard find.addresses.upperBound < subject.end else {
            return space.bytes(from: find.addresses.upperBound, context)
        }
        let offset = Int(find.addresses.upperBound - subject.base)
        guard subject.count - offset >= context else { return space.bytes(from: find.addresses.upperBound, context) }
        return subject.withUnsafeBytes { Array($0[offset..<(offset + context)]) }
    }

    // MARK: Who has it

    private func pids(_ place: MemoryPlace) -> [Int] {
        switch place {
        case .process, .pages: []
        case .sharedMemory(let object):
            Set(object.mappings.map(\.pid) + object.files.flatMap { checkpoint.uses(of: $0) }.compactMap(\.userID))
                .sorted()
        case .content(let content): content.pids
        }
    }

    private func mappings(_ place: MemoryPlace, _ offset: UInt64) -> [MemoryPlace.Mapping] {
        switch place {
        case .process, .pages: return []
        case .sharedMemory(let object):
            return object.mappings.compactMap { mapping in
                guard let address = address(of: offset, mapping.addresses, mapping.offset) else { return nil }
                return shows(address, pid: mapping.pid) {
                    if case .object(object.id, _, _, _, _) = $0 { true } else { false }
                }
            }.sorted { ($0.pid, $0.address) < ($1.pid, $1.address) }
        case .content(let content):
            guard content.kind == .ghost else { return [] }
            return deletedFiles()[content.origin.image, default: []].compactMap { pid, segment in
                guard let address = address(of: offset, segment.addresses, segment.offset) else { return nil }
                return shows(address, pid: pid) { if case .deletedFile = $0 { true } else { false } }
            }.sorted { ($0.pid, $0.address) < ($1.pid, $1.address) }
        }
    }

    private func address(of offset: UInt64, _ addresses: Range<UInt64>, _ first: UInt64) -> UInt64? {
        guard offset >= first, offset - first < addresses.upperBound - addresses.lowerBound else { return nil }
        return addresses.lowerBound + (offset - first)
    }

    /// The mapping, if the process has no page of its own there.
    private func shows(
        _ address: UInt64, pid: Int, _ isIt: (MemoryStretch.Origin) -> Bool
    ) -> MemoryPlace.Mapping? {
        guard let space = space(pid), isIt(space.stretch(at: address, before: address + 1).origin) else { return nil }
        return .init(pid: pid, address: address)
    }

    private func space(_ pid: Int) -> AddressSpace? {
        if let space = mapped.withLock({ $0.spaces[pid] }) { return space }
        guard let process = checkpoint.process(pid), let space = checkpoint.addressSpace(of: process).value else {
            return nil
        }
        mapped.withLock { $0.spaces[pid] = space }
        return space
    }

    private func deletedFiles() -> [String: [(pid: Int, segment: MemorySegment)]] {
        if let known = mapped.withLock({ $0.deletedFiles }) { return known }
        var found: [String: [(pid: Int, segment: MemorySegment)]] = [:]
        for process in checkpoint.processes.value ?? [] {
            for segment in checkpoint.memory(of: process).value?.segments ?? [] {
                guard let image = checkpoint.image(ofFileMappedBy: segment) else { continue }
                found[image, default: []].append((process.pid, segment))
            }
        }
        mapped.withLock { $0.deletedFiles = found }
        return found
    }
}
