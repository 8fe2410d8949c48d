public import SystemPackage

/// Collects output and writes it to a descriptor in large pieces.
///
/// Appending never fails: the first error of the descriptor is kept and thrown by ``flush()``, and what comes after it is
/// dropped. One owner uses it at a time.
public final class OutputBuffer {
    @usableFromInline let base: UnsafeMutableRawPointer
    /// How many bytes are collected. Behind a pointer, since access to it is on every hot path and needs no checks of
    /// exclusivity: a buffer has one owner.
    @usableFromInline let filled: UnsafeMutablePointer<Int>
    @usableFromInline let capacity: Int
    private let destination: Destination
    private var failure: Errno?
    /// Called before bytes go to the descriptor for the first time.
    private var willBegin: (() -> Void)?

    /// Where full buffers go.
    private enum Destination {
        case descriptor(FileDescriptor)
        case collector(Collector)
    }

    /// Bytes kept in memory, for tests and small texts.
    private final class Collector {
        var bytes: [UInt8] = []
    }

    /// Makes a buffer that writes to a descriptor, which stays the caller's to close.
    ///
    /// - Parameters:
    ///   - descriptor: Where the bytes go.
    ///   - capacity: How many bytes are collected before a write.
    ///   - willBegin: Called once, before the first write.
    public init(to descriptor: FileDescriptor, capacity: Int = 1 << 18, willBegin: (() -> Void)? = nil) {
        self.capacity = max(capacity, 64)
        self.base = .allocate(byteCount: self.capacity, alignment: 16)
        self.filled = .allocate(capacity: 1)
        self.filled.initialize(to: 0)
        self.destination = .descriptor(descriptor)
        self.willBegin = willBegin
    }

    /// Makes a buffer that keeps everything in memory, for ``collected``.
    ///
    /// - Parameter capacity: How many bytes are expected.
    public init(capacity: Int = 4096) {
        self.capacity = max(capacity, 64)
        self.base = .allocate(byteCount: self.capacity, alignment: 16)
        self.filled = .allocate(capacity: 1)
        self.filled.initialize(to: 0)
        self.destination = .collector(Collector())
    }

    deinit {
        base.deallocate()
        filled.deallocate()
    }

    @inlinable
    var used: Int {
        get { filled.pointee }
        set { filled.pointee = newValue }
    }

    /// Everything that was appended, for a buffer that was made without a descriptor; empty for one with a descriptor.
    public var collected: [UInt8] {
        guard case .collector(let collector) = destination else { return [] }
        drain()
        return collector.bytes
    }

    /// Hands over everything that was appended to a buffer without a descriptor, and forgets it.
    public func moveCollected(to other: OutputBuffer) {
        if case .collector(let collector) = destination, !collector.bytes.isEmpty {
            drain()
            other.append(collector.bytes)
            collector.bytes.removeAll(keepingCapacity: true)
        } else {
            other.append(bytes: UnsafeRawBufferPointer(start: base, count: used))
            used = 0
        }
    }

    /// Whether a write has failed, so that there is no use in making more output.
    public var hasFailed: Bool { failure != nil }

    /// Writes out what is collected.
    ///
    /// - Throws: The first error of the descriptor since the buffer was made.
    public func flush() throws(Errno) {
        drain()
        if let failure { throw failure }
    }

    @usableFromInline
    func drain() {
        let pending = UnsafeRawBufferPointer(start: base, count: used)
        used = 0
        write(pending)
    }

    @usableFromInline
    func write(_ bytes: UnsafeRawBufferPointer) {
        switch destination {
        case .collector(let collector): collector.bytes.append(contentsOf: bytes)
        case .descriptor(let descriptor): write(bytes, to: descriptor)
        }
    }

    private func write(_ bytes: UnsafeRawBufferPointer, to descriptor: FileDescriptor) {
        guard failure == nil, !bytes.isEmpty else { return }
        willBegin?()
        willBegin = nil
        do throws(Errno) {
            _ = try throwingErrno { try descriptor.writeAll(bytes) }
        } catch {
            failure = error
        }
    }
}

extension OutputBuffer {
    /// Makes room for `count` more bytes and returns where they go.
    ///
    /// - Precondition: `count` is at most the capacity.
    @inlinable
    func room(_ count: Int) -> UnsafeMutableRawPointer {
        if capacity - used < count { drain() }
        return base + used
    }

    /// Appends one byte.
    @inlinable
    public func append(_ byte: UInt8) {
        room(1).storeBytes(of: byte, as: UInt8.self)
        used += 1
    }

    /// Appends bytes as they are.
    @inlinable
    public func append(bytes: UnsafeRawBufferPointer) {
        guard let source = bytes.baseAddress else { return }
        if bytes.count <= capacity - used {
            (base + used).copyMemory(from: source, byteCount: bytes.count)
            used += bytes.count
            return
        }
        drain()
        if bytes.count > capacity { return write(bytes) }
        base.copyMemory(from: source, byteCount: bytes.count)
        used = bytes.count
    }

    /// Appends a short text from memory that can be read up to 32 bytes, however long the text is: two wide copies
    /// instead of a call.
    ///
    /// - Precondition: `count` is at most 32.
    @inlinable
    public func append(padded text: UnsafeRawPointer, count: Int) {
        let target = room(32)
        target.storeBytes(of: text.loadUnaligned(as: SIMD16<UInt8>.self), as: SIMD16<UInt8>.self)
        (target + 16).storeBytes(of: (text + 16).loadUnaligned(as: SIMD16<UInt8>.self), as: SIMD16<UInt8>.self)
        used += count
    }

    /// Appends bytes as they are.
    public func append(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { append(bytes: $0) }
    }

    /// Appends the UTF-8 of a literal.
    @inlinable
    public func append(_ literal: StaticString) {
        append(bytes: UnsafeRawBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
    }

    /// Appends the UTF-8 of a string.
    public func append(string: String) {
        var string = string
        string.withUTF8 { append(bytes: UnsafeRawBufferPointer($0)) }
    }

    /// Appends `count` spaces.
    @inlinable
    public func append(spaces count: Int) {
        for _ in 0..<max(count, 0) { append(0x20) }
    }
}
