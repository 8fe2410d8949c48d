/// Text as evidence holds it: any bytes, usually UTF-8, never trusted.
///
/// Names, paths, arguments and environment words of a checkpoint are chosen by whoever wrote the program, and may hold
/// control characters, marks that reverse the reading direction, and bytes that are not UTF-8. The bytes are kept as they
/// are; there is no way to print them but through ``forTerminal`` or a JSON writer, which lose nothing.
public struct ByteText: Hashable, Sendable {
    /// The bytes, without a terminator.
    public let bytes: [UInt8]

    /// Wraps bytes.
    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The UTF-8 bytes of a string.
    public init(_ string: String) {
        self.bytes = Array(string.utf8)
    }

    /// The number of bytes.
    public var count: Int { bytes.count }

    /// Whether there are no bytes.
    public var isEmpty: Bool { bytes.isEmpty }

    /// The text as a string, or nil if the bytes are not UTF-8.
    public var string: String? { String(validating: bytes, as: UTF8.self) }

    /// The bytes without the NULs that end them. What is behind a NUL in the middle, which C does not read, stays: text can be
    /// hidden there.
    public var withoutEndingNUL: ByteText {
        guard let last = bytes.lastIndex(where: { $0 != 0 }) else { return "" }
        return last == bytes.count - 1 ? self : ByteText(Array(bytes[...last]))
    }

    /// The bytes before the first NUL, as C reads them.
    public var upToNUL: ByteText {
        guard let end = bytes.firstIndex(of: 0) else { return self }
        return ByteText(Array(bytes[..<end]))
    }
}

extension ByteText: ExpressibleByStringLiteral {
    /// The UTF-8 bytes of a literal.
    public init(stringLiteral value: String) {
        self.init(value)
    }
}

extension ByteText: Comparable {
    /// Orders by bytes, so that the order never depends on a locale.
    public static func < (left: ByteText, right: ByteText) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }
}
