internal import CCRIUSchema

/// Memory for one decoded message at a time, handed to protobuf-c as its allocator.
///
/// Allocation moves a pointer. Nothing is freed but all at once by ``reset(limit:)``, which keeps the largest block, so
/// that decoding a stream of entries soon allocates nothing.
struct Arena: ~Copyable {
    private let state: UnsafeMutablePointer<ArenaState>
    /// What protobuf-c is given.
    let allocator: UnsafeMutablePointer<ProtobufCAllocator>

    init() {
        state = .allocate(capacity: 1)
        state.initialize(to: ArenaState())
        allocator = .allocate(capacity: 1)
        allocator.initialize(
            to: ProtobufCAllocator(
                alloc: { data, count in data?.assumingMemoryBound(to: ArenaState.self).pointee.allocate(count) },
                free: { _, _ in },
                allocator_data: UnsafeMutableRawPointer(state)))
    }

    deinit {
        state.pointee.freeAll()
        state.deinitialize(count: 1)
        state.deallocate()
        allocator.deallocate()
    }

    /// Frees everything and sets how many bytes the next message may take.
    func reset(limit: Int) {
        state.pointee.reset(limit: limit)
    }

    /// Whether the last message was refused for its size.
    var isExhausted: Bool { state.pointee.allowance < 0 }
}

/// The blocks of an arena. Lives at an address that does not move, since C calls back into it.
private struct ArenaState {
    /// How many bytes the message may still take; negative once it asked for more.
    var allowance = 0
    private var next: UnsafeMutableRawPointer
    private var left: Int
    private var blocks: [UnsafeMutableRawBufferPointer]

    init() {
        let first = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
        blocks = [first]
        next = first.baseAddress!
        left = first.count
    }

    mutating func allocate(_ count: Int) -> UnsafeMutableRawPointer? {
        guard count >= 0, count <= allowance else {
            allowance = -1
            return nil
        }
        let needed = (count + 15) & ~15
        allowance -= min(needed, allowance)
        if left < needed { addBlock(for: needed) }
        let result = next
        next += needed
        left -= needed
        return result
    }

    private mutating func addBlock(for needed: Int) {
        use(.allocate(byteCount: max(blocks[blocks.count - 1].count * 2, needed), alignment: 16))
    }

    private mutating func use(_ block: UnsafeMutableRawBufferPointer) {
        blocks.append(block)
        next = block.baseAddress!
        left = block.count
    }

    mutating func reset(limit: Int) {
        allowance = limit
        if blocks.count > 1 {
            let largest = blocks.removeLast()
            freeAll()
            use(largest)
        } else {
            next = blocks[0].baseAddress!
            left = blocks[0].count
        }
    }

    mutating func freeAll() {
        for block in blocks { block.deallocate() }
        blocks = []
    }
}
