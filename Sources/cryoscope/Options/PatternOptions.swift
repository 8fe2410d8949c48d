import ArgumentParser
import CheckpointAnalysis

/// What is searched for.
struct PatternOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("Text to search for.", valueName: "pattern"))
    var text: String?

    @Option(
        help: ArgumentHelp(
            "Bytes to search for, in hexadecimal; ? is any digit: \"de ad ?? e?\".", valueName: "bytes"))
    var hex: String?

    @Option(help: ArgumentHelp("A regular expression to search for, in PCRE2's syntax.", valueName: "expression"))
    var regex: String?

    @Flag(help: "The expression is about characters of UTF-8 in place of bytes.")
    var utf8 = false

    @Flag(exclusivity: .exclusive)
    var utf16: UTF16?

    @Flag(help: "Upper and lower case of ASCII letters are the same.")
    var ignoreCase = false

    /// Text as UTF-16.
    enum UTF16: String, EnumerableFlag {
        case utf16, utf16be

        var encoding: SearchPattern.Encoding {
            switch self {
            case .utf16: .utf16LittleEndian
            case .utf16be: .utf16BigEndian
            }
        }

        static func help(for value: UTF16) -> ArgumentHelp? {
            switch value {
            case .utf16: "The text, or what the expression is about, is UTF-16, little-endian."
            case .utf16be: "The same, big-endian."
            }
        }
    }

    func validate() throws {
        guard [text, hex, regex].compactMap({ $0 }).count == 1 else {
            throw ValidationError("Name one thing to search for: a text, --hex or --regex.")
        }
        if hex != nil && utf16 != nil { throw ValidationError("--utf16 and --utf16be do not go with --hex.") }
        if utf8 && utf16 != nil { throw ValidationError("--utf8 and --utf16 exclude each other.") }
        if regex == nil && utf8 { throw ValidationError("--utf8 goes with --regex.") }
        if hex != nil && ignoreCase { throw ValidationError("--ignore-case does not go with --hex.") }
        // Also tells what is wrong with it.
        _ = try pattern()
    }

    /// The pattern.
    func pattern() throws -> SearchPattern {
        do throws(PatternError) {
            if let regex, let utf16 {
                return try SearchPattern(expression: regex, utf16: utf16.encoding, ignoresCase: ignoreCase)
            }
            if let regex { return try SearchPattern(expression: regex, isUTF8: utf8, ignoresCase: ignoreCase) }
            if let hex { return try SearchPattern(hexadecimal: hex) }
            return try SearchPattern(text: text ?? "", utf16?.encoding ?? .bytes, ignoresCase: ignoreCase)
        } catch {
            throw ValidationError("The pattern cannot be searched for: \(error.detail).")
        }
    }
}
