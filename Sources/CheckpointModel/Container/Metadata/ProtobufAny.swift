/// The envelope that containerd keeps JSON in: a protobuf message `Any`, which names the type of what it holds.
struct ProtobufAny {
    /// The name of the type: `types.containerd.io/opencontainers/runtime-spec/1/Spec`.
    let type: [UInt8]
    /// What it holds.
    let value: [UInt8]

    /// Reads an envelope; nil if the bytes are none. JSON never is one: it begins with a bracket or a blank.
    ///
    /// The two fields are 1 and 2, both of bytes, in any order.
    init?(parsing bytes: [UInt8]) {
        var fields: [UInt8: [UInt8]] = [:]
        var offset = 0
        while offset < bytes.count {
            let tag = bytes[offset]
            offset += 1
            guard tag == 0x0A || tag == 0x12, fields[tag] == nil, let size = ProtobufAny.size(bytes, &offset),
                size <= bytes.count - offset
            else { return nil }
            fields[tag] = Array(bytes[offset..<(offset + size)])
            offset += size
        }
        guard let type = fields[0x0A], let value = fields[0x12], type.contains(UInt8(ascii: "/")) else { return nil }
        (self.type, self.value) = (type, value)
    }

    /// A number in groups of seven bits, the lowest first; no more than four groups.
    private static func size(_ bytes: [UInt8], _ offset: inout Int) -> Int? {
        var size = 0
        for shift in [0, 7, 14, 21] {
            guard offset < bytes.count else { return nil }
            let byte = bytes[offset]
            offset += 1
            size |= Int(byte & 0x7F) << shift
            if byte < 0x80 { return size }
        }
        return nil
    }
}
