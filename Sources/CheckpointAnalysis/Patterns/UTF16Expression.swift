/// Writes a regular expression about characters anew, as one about the bytes of these characters in UTF-16.
///
/// PCRE2 sees bytes: each character, class and `.` becomes the two bytes of a unit; what stands for no character (groups,
/// alternatives, repetitions) stays as it is.
struct UTF16Expression {
    private let scalars: [Unicode.Scalar]
    private var place = 0
    private let bytes: UTF16Bytes
    private var result = ""

    /// - Throws: ``PatternError`` for what has no such form: word boundaries, properties, POSIX classes, quotations.
    static func bytes(
        of expression: String, _ encoding: SearchPattern.Encoding, ignoresCase: Bool
    ) throws(PatternError) -> String {
        var writer = UTF16Expression(
            scalars: Array(expression.unicodeScalars),
            bytes: UTF16Bytes(isLittleEndian: encoding == .utf16LittleEndian, ignoresCase: ignoresCase))
        while writer.place < writer.scalars.count { try writer.writeItem() }
        return writer.result
    }

    private init(scalars: [Unicode.Scalar], bytes: UTF16Bytes) {
        (self.scalars, self.bytes) = (scalars, bytes)
    }

    private mutating func next() throws(PatternError) -> Unicode.Scalar {
        guard place < scalars.count else { throw PatternError(detail: "the expression ends too early") }
        defer { place += 1 }
        return scalars[place]
    }

    private mutating func writeItem() throws(PatternError) {
        let scalar = try next()
        switch scalar {
        case "\\": try writeEscape()
        case "[": try writeClass()
        case ".": result += bytes.group([0x0A...0x0A], isNegated: true)
        case "(":
            result += "("
            if place < scalars.count, scalars[place] == "?" || scalars[place] == "*" { try copyGroupHead() }
        case "{" where isRepetition: try copy(through: "}", after: "{")
        case ")", "|", "*", "+", "?", "^", "$": result.unicodeScalars.append(scalar)
        default: result += bytes.literal(scalar)
        }
    }

    /// Whether digits and commas up to a `}` follow.
    private var isRepetition: Bool {
        let rest = scalars[place...]
        guard let end = rest.firstIndex(of: "}"), end > place else { return false }
        return rest[..<end].allSatisfy { ("0"..."9").contains($0) || $0 == "," } && rest.first != ","
    }

    /// Copies what says which sort of group begins: `?:`, `?<=`, `?<name>`, `?i)`.
    private mutating func copyGroupHead() throws(PatternError) {
        while true {
            let scalar = try next()
            result.unicodeScalars.append(scalar)
            if scalar == "<", place < scalars.count, scalars[place] == "=" || scalars[place] == "!" { continue }
            if [":", "=", "!", ">", "|"].contains(scalar) { return }
            if scalar == ")" { return }
        }
    }

    private mutating func copy(through end: Unicode.Scalar, after start: String) throws(PatternError) {
        result += start
        while true {
            let scalar = try next()
            result.unicodeScalars.append(scalar)
            if scalar == end { return }
        }
    }

    private mutating func writeEscape() throws(PatternError) {
        let scalar = try next()
        switch scalar {
        case "A", "z", "Z", "1"..."9": result += "\\" + String(scalar)
        default:
            let (set, isNegated) = try escaped(scalar)
            result += bytes.group(set, isNegated: isNegated)
        }
    }

    private mutating func writeClass() throws(PatternError) {
        var set: [ClosedRange<UInt16>] = []
        var isNegated = false
        if place < scalars.count, scalars[place] == "^" {
            isNegated = true
            place += 1
        }
        var isFirst = true
        while true {
            let scalar = try next()
            if scalar == "]" && !isFirst { break }
            isFirst = false
            guard scalar != "[" || place >= scalars.count || scalars[place] != ":" else {
                throw PatternError(detail: "POSIX classes do not go with UTF-16")
            }
            set += try element(scalar)
        }
        result += bytes.group(set, isNegated: isNegated)
    }

    /// An element of a class that begins with a character: an escape, a range, or the character.
    private mutating func element(_ scalar: Unicode.Scalar) throws(PatternError) -> [ClosedRange<UInt16>] {
        let first = try members(scalar)
        guard place + 1 < scalars.count, scalars[place] == "-", scalars[place + 1] != "]" else { return first }
        place += 1
        let last = try members(try next())
        guard first.count == 1, last.count == 1, first[0].lowerBound <= last[0].upperBound else {
            throw PatternError(detail: "a range of a class is out of order")
        }
        return [first[0].lowerBound...last[0].upperBound]
    }

    private mutating func members(_ scalar: Unicode.Scalar) throws(PatternError) -> [ClosedRange<UInt16>] {
        guard scalar == "\\" else {
            guard let unit = UInt16(exactly: scalar.value) else {
                throw PatternError(detail: "a character of a class takes two units of UTF-16")
            }
            return [unit...unit]
        }
        let (set, isNegated) = try escaped(try next())
        guard !isNegated else { throw PatternError(detail: "negated escapes in classes do not go with UTF-16") }
        return set
    }

    /// What an escape stands for.
    private mutating func escaped(
        _ scalar: Unicode.Scalar
    ) throws(PatternError) -> (set: [ClosedRange<UInt16>], isNegated: Bool) {
        let simple: [Unicode.Scalar: UInt16] = ["t": 9, "n": 10, "f": 12, "r": 13, "a": 7, "e": 27, "0": 0]
        if let unit = simple[scalar] { return ([unit...unit], false) }
        switch scalar {
        case "d", "D": return ([0x30...0x39], scalar == "D")
        case "s", "S": return ([9...13, 0x20...0x20], scalar == "S")
        case "w", "W": return ([0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A], scalar == "W")
        case "x":
            let unit = try hexadecimal()
            return ([unit...unit], false)
        case _ where scalar.isASCII && scalar.properties.isAlphabetic:
            throw PatternError(detail: "\\\(scalar) does not go with UTF-16")
        default:
            guard let unit = UInt16(exactly: scalar.value) else {
                throw PatternError(detail: "an escaped character takes two units of UTF-16")
            }
            return ([unit...unit], false)
        }
    }

    /// The number behind `\\x`: two digits, or any up to four in braces.
    private mutating func hexadecimal() throws(PatternError) -> UInt16 {
        var digits = ""
        if place < scalars.count, scalars[place] == "{" {
            place += 1
            var scalar = try next()
            while scalar != "}" {
                digits.unicodeScalars.append(scalar)
                scalar = try next()
            }
        } else {
            digits.unicodeScalars.append(contentsOf: [try next(), try next()])
        }
        guard let unit = UInt16(digits, radix: 16) else {
            throw PatternError(detail: "\\x\(digits) is not a unit of UTF-16")
        }
        return unit
    }
}
