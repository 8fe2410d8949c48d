internal import CCRIUSchema

/// Decodes protobuf messages through protobuf-c into an arena.
struct MessageDecoder: ~Copyable {
    private let arena = Arena()

    /// The deepest nesting that is decoded: C recurses for each level, and real images stay under a tenth of it.
    static let depthLimit = 100

    /// Drops what was decoded before.
    ///
    /// - Parameter count: The size of the entry that comes next. What may be allocated for it is a small multiple.
    func prepare(forEntryOf count: Int) {
        // The largest ratio of a C struct to its bytes on the wire is that of an empty nested message; no real entry that
        // is large comes near it.
        arena.reset(limit: 1 << 20 + min(count * 64, 256 << 20 + count * 4))
    }

    /// Decodes a message, which stays valid until the next ``prepare(forEntryOf:)``.
    ///
    /// - Parameters:
    ///   - type: The message's type.
    ///   - bytes: The message's bytes.
    ///   - offset: Where the bytes are in the file, for errors.
    func decode(
        _ type: MessageType, _ bytes: UnsafeRawBufferPointer, at offset: Int
    ) throws(MessageDamage) -> UnsafeRawPointer {
        let schema = type.schema
        if schema.isRecursive {
            try MessageCheck(base: bytes, origin: offset).checkDepth(of: schema)
        }
        let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
        if let message = protobuf_c_message_unpack(schema.descriptor, arena.allocator, bytes.count, start) {
            return UnsafeRawPointer(message)
        }
        if arena.isExhausted {
            throw MessageDamage(
                code: .tooLarge, detail: "decodes to far more memory than its \(bytes.count) bytes", offset: offset)
        }
        throw MessageCheck(base: bytes, origin: offset).damage(in: schema)
    }
}

/// What is wrong inside a message.
struct MessageDamage: Error {
    let code: ImageError.Code
    let detail: String
    /// The offset in the file.
    let offset: Int
}
