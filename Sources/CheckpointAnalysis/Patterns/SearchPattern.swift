/// What is searched for in memory.
public struct SearchPattern: Sendable {
    let expression: Expression
    /// How many bytes a match has; nil if that differs.
    let length: Int?

    /// How many bytes a match of a regular expression has at the most.
    public static let longestMatch = 64 << 10

    /// How text is stored in memory.
    public enum Encoding: Sendable, Hashable, CaseIterable {
        /// As the bytes that were given.
        case bytes
        /// UTF-16, the low byte of each unit first.
        case utf16LittleEndian
        /// UTF-16, the high byte of each unit first.
        case utf16BigEndian
    }

    /// Text, found at every place where it stands, also where it overlaps itself.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - encoding: How it is stored.
    ///   - ignoresCase: Whether upper and lower case of ASCII letters are the same.
    /// - Throws: ``PatternError`` if it is empty or too long.
    public init(text: String, _ encoding: Encoding = .bytes, ignoresCase: Bool = false) throws(PatternError) {
        let bytes = encoding.bytes(of: text)
        try self.init(
            units: bytes.enumerated().map { index, byte in
                ignoresCase && encoding.isLetter(bytes, at: index) ? .letter(byte) : .byte(byte)
            })
    }

    /// Bytes in hexadecimal, found at every place where they stand; `?` stands for any digit.
    ///
    /// - Parameter digits: Pairs of digits, with or without blanks between them: `de ad ?? e?`.
    /// - Throws: ``PatternError`` if they are not pairs, or if no digit is known.
    public init(hexadecimal digits: String) throws(PatternError) {
        var units: [PatternUnit] = []
        for word in digits.split(whereSeparator: \.isWhitespace) {
            let characters = Array(word)
            guard characters.count.isMultiple(of: 2) else {
                throw PatternError(detail: "\"\(word)\" is not pairs of hexadecimal digits")
            }
            for index in stride(from: 0, to: characters.count, by: 2) {
                units.append(try PatternUnit(hexadecimal: characters[index], characters[index + 1]))
            }
        }
        guard units.isEmpty || units.contains(where: { $0 != .any }) else {
            throw PatternError(detail: "at least one digit must be known")
        }
        try self.init(units: units)
    }

    /// A regular expression in PCRE2's syntax. Matches do not overlap, and are not empty.
    ///
    /// - Parameters:
    ///   - text: The expression.
    ///   - isUTF8: Whether it is about characters of UTF-8 in place of bytes.
    ///   - ignoresCase: Whether upper and lower case are the same.
    /// - Throws: ``PatternError``.
    public init(expression text: String, isUTF8: Bool = false, ignoresCase: Bool = false) throws(PatternError) {
        guard !text.isEmpty else { throw PatternError(detail: "the pattern is empty") }
        expression = try Expression(Array(text.utf8), isUTF8 ? .utf8 : .bytes, ignoresCase: ignoresCase)
        length = nil
    }

    /// A regular expression about text in UTF-16. Matches can begin at any address.
    ///
    /// - Parameters:
    ///   - text: The expression. Word boundaries, properties and POSIX classes are not for UTF-16.
    ///   - encoding: One of UTF-16.
    ///   - ignoresCase: Whether upper and lower case of ASCII letters are the same.
    /// - Throws: ``PatternError``.
    public init(
        expression text: String, utf16 encoding: Encoding, ignoresCase: Bool = false
    ) throws(PatternError) {
        // What is wrong with it is told in its own words.
        _ = try Expression(Array(text.utf8), .utf8)
        let bytes = try UTF16Expression.bytes(of: text, encoding, ignoresCase: ignoresCase)
        try self.init(expression: bytes)
    }

    private init(units: [PatternUnit]) throws(PatternError) {
        guard !units.isEmpty else { throw PatternError(detail: "the pattern is empty") }
        guard units.count <= SearchPattern.longestMatch / 8 else {
            throw PatternError(detail: "the pattern is too long")
        }
        expression = try Expression(units.flatMap { Array($0.expression.utf8) }, .bytes)
        length = units.count
    }
}

extension SearchPattern.Encoding {
    func bytes(of text: String) -> [UInt8] {
        switch self {
        case .bytes: Array(text.utf8)
        case .utf16LittleEndian: text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
        case .utf16BigEndian: text.utf16.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
        }
    }

    /// Whether a byte of encoded text is an ASCII letter of it.
    fileprivate func isLetter(_ bytes: [UInt8], at index: Int) -> Bool {
        guard (0x41...0x5A).contains(bytes[index] & 0xDF) else { return false }
        switch self {
        case .bytes: return true
        case .utf16LittleEndian: return index.isMultiple(of: 2) && bytes[index + 1] == 0
        case .utf16BigEndian: return !index.isMultiple(of: 2) && bytes[index - 1] == 0
        }
    }
}
