/// The class of bytes that an expression begins with, if it may be repeated without end: `[a-z]` of `[a-z]+@`.
///
/// No match of such an expression begins behind a byte of the class, except where the search begins: one that began there
/// would have begun a byte earlier. A search that does not know that goes through a long run of such bytes once for each of
/// its bytes.
struct LeadingRun {
    /// The class as it is written.
    let classText: [UInt8]
    /// Whether nothing behind a match decides whether it is one, so that a match in a part of memory is one in all of it.
    let isBlindToEnd: Bool

    /// - Parameter expression: An expression that is well-formed.
    /// - Returns: Nil if it does not begin so, or if it has a part that can tell where a match began: references, conditions,
    ///   alternatives at the top and most of what begins with `(?`.
    init?(_ expression: [UInt8]) {
        var reader = Reader(bytes: expression)
        guard reader.skipClass() else { return nil }
        classText = Array(expression[..<reader.position])
        guard reader.skipEndlessRepetition(), reader.isPlainToEnd() else { return nil }
        isBlindToEnd = !reader.seesEnd
    }

    /// Goes through an expression.
    private struct Reader {
        let bytes: [UInt8]
        var position = 0
        /// Whether there is an assertion, or a repetition that gives nothing back.
        private(set) var seesEnd = false

        private static let classEscapes = Set("dwsDWShHvV".utf8)
        private static let otherEscapes = Set("nrtfexbBzZA".utf8).union(classEscapes)

        private func peek(_ ahead: Int = 0) -> UInt8? {
            position + ahead < bytes.count ? bytes[position + ahead] : nil
        }

        private mutating func skip(_ character: Character) -> Bool {
            guard peek() == character.asciiValue else { return false }
            position += 1
            return true
        }

        /// Skips something that stands for one byte.
        mutating func skipClass() -> Bool {
            switch peek() {
            case UInt8(ascii: "["): return skipBrackets()
            case UInt8(ascii: "\\"):
                guard let escape = peek(1), Reader.classEscapes.contains(escape) else { return false }
                position += 2
            case let byte? where byte.isWord || byte == UInt8(ascii: "."): position += 1
            default: return false
            }
            return true
        }

        private mutating func skipBrackets() -> Bool {
            position += 1
            _ = skip("^")
            _ = skip("]")
            while let byte = peek() {
                if byte == UInt8(ascii: "]") {
                    position += 1
                    return true
                }
                if byte == UInt8(ascii: "["), let kind = peek(1), ":.=".utf8.contains(kind) {
                    guard kind == UInt8(ascii: ":"), skipNamedClass() else { return false }
                } else if byte == UInt8(ascii: "\\") {
                    guard skipEscape() else { return false }
                } else {
                    position += 1
                }
            }
            return false
        }

        /// Skips a name like `[:alpha:]`.
        private mutating func skipNamedClass() -> Bool {
            position += 2
            while let byte = peek(), byte != UInt8(ascii: ":") {
                position += byte.isWord || byte == 0x5E ? 1 : bytes.count
            }
            return skip(":") && skip("]")
        }

        private mutating func skipEscape() -> Bool {
            guard let escape = peek(1), !escape.isWord || Reader.otherEscapes.contains(escape) else { return false }
            if "bBzZA".utf8.contains(escape) { seesEnd = true }
            position += 2
            return true
        }

        /// Skips `+`, `*` or `{N,}`, lazy or possessive or not.
        mutating func skipEndlessRepetition() -> Bool {
            if !skip("+") && !skip("*") {
                guard skip("{"), peek()?.isDigit == true else { return false }
                while peek()?.isDigit == true { position += 1 }
                guard skip(","), skip("}") else { return false }
            }
            if !skip("+") { _ = skip("?") }
            return ![UInt8(ascii: "{"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?")].contains(peek())
        }

        /// Whether nothing that follows can tell where a match began.
        mutating func isPlainToEnd() -> Bool {
            var depth = 0
            while let byte = peek() {
                switch byte {
                case UInt8(ascii: "["):
                    guard skipBrackets() else { return false }
                    continue
                case UInt8(ascii: "\\"):
                    guard skipEscape() else { return false }
                    continue
                case UInt8(ascii: "("):
                    if peek(1) == UInt8(ascii: "*") { return false }
                    if peek(1) == UInt8(ascii: "?"), peek(2) != UInt8(ascii: ":") { return false }
                    depth += 1
                case UInt8(ascii: ")"): depth -= 1
                case UInt8(ascii: "$"), UInt8(ascii: "^"): seesEnd = true
                case UInt8(ascii: "+") where "+*?}".utf8.contains(bytes[position - 1]): seesEnd = true
                case UInt8(ascii: "|") where depth == 0: return false
                default: break
                }
                position += 1
            }
            return depth == 0
        }
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { (0x30...0x39).contains(self) }

    /// Whether it is an ASCII letter or digit.
    fileprivate var isWord: Bool { isDigit || (0x41...0x5A).contains(self & 0xDF) }
}
