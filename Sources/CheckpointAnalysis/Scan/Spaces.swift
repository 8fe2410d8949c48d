internal import CheckpointModel

/// The memory of a process.
struct ProcessSpace: ByteSpace {
    let memory: AddressSpace

    func stretch(at address: UInt64, before end: UInt64) -> SpaceStretch {
        let stretch = memory.stretch(at: address, before: end)
        return SpaceStretch(addresses: stretch.addresses, bytes: stretch.bytes, view: view(stretch))
    }

    func origin(at address: UInt64) -> MemoryStretch.Origin? {
        guard address < .max else { return nil }
        return memory.stretch(at: address, before: address + 1).origin
    }

    private func view(_ stretch: MemoryStretch) -> SpaceStretch.View? {
        let object: SpaceStretch.View.Object
        switch stretch.origin {
        case .object(let id, _, _, _, _): object = .shared(id)
        case .deletedFile(_, let image, _): object = .deletedFile(image)
        case .image, .file, .absent: return nil
        }
        guard let segment = memory.segment(at: stretch.addresses.lowerBound) else { return nil }
        return .init(object: object, base: segment.addresses.lowerBound &- segment.offset)
    }
}

/// Shared memory by offset.
struct SharedSpace: ByteSpace {
    let memory: SharedMemorySpace

    func stretch(at address: UInt64, before end: UInt64) -> SpaceStretch {
        let stretch = memory.stretch(at: address, before: end)
        return SpaceStretch(addresses: stretch.addresses, bytes: stretch.bytes)
    }

    func origin(at address: UInt64) -> MemoryStretch.Origin? {
        guard address < .max else { return nil }
        return memory.stretch(at: address, before: address + 1).origin
    }
}

/// Content of a file or queue by offset. Holes are absent: nothing was ever written there.
struct ContentSpace: ByteSpace {
    let content: Content

    func stretch(at address: UInt64, before end: UInt64) -> SpaceStretch {
        guard address < content.size else { return SpaceStretch(addresses: address..<end, bytes: nil) }
        let stretch = content.stretch(at: address, before: end)
        return SpaceStretch(addresses: stretch.offsets, bytes: stretch.bytes?.value)
    }

    func origin(at address: UInt64) -> MemoryStretch.Origin? { nil }
}
