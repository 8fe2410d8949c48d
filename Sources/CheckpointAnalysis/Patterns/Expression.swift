internal import CPCRE2

/// A compiled regular expression on bytes. The one owner of PCRE2's code, which never changes after it is made.
final class Expression: @unchecked Sendable {
    let code: OpaquePointer
    /// How many bytes before the beginning of a match it can look at.
    let lookbehind: Int
    /// The same expression for all places that are not behind a byte of the class that it begins with; nil if there is no
    /// class that is repeated without end.
    private(set) var afterRun: AfterRun?

    /// An expression that matches only where no byte of a class is before.
    struct AfterRun {
        let expression: Expression
        /// The class.
        let classBytes: ByteSet
        /// Whether nothing behind a match decides whether it is one.
        let isBlindToEnd: Bool
    }

    /// What an expression is about.
    enum Alphabet: Sendable {
        /// Bytes, whatever they mean.
        case bytes
        /// Characters of UTF-8; bytes that are not part of any match nothing.
        case utf8
    }

    /// Compiles an expression.
    ///
    /// - Parameters:
    ///   - text: The expression, in PCRE2's syntax.
    ///   - alphabet: What it is about. The expression itself cannot change that.
    ///   - ignoresCase: Whether upper and lower case are the same: of ASCII letters for bytes.
    /// - Throws: ``PatternError``.
    init(_ text: [UInt8], _ alphabet: Alphabet, ignoresCase: Bool = false) throws(PatternError) {
        var options: UInt32 = PCRE2_USE_OFFSET_LIMIT
        if ignoresCase { options |= PCRE2_CASELESS }
        switch alphabet {
        case .bytes: options |= PCRE2_NEVER_UTF
        case .utf8: options |= PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF | PCRE2_NEVER_BACKSLASH_C
        }
        let context = pcre2_compile_context_create_8(nil)
        defer { pcre2_compile_context_free_8(context) }
        pcre2_set_newline_8(context, UInt32(PCRE2_NEWLINE_LF))
        var error: Int32 = 0
        var offset = 0
        let code = text.withUnsafeBufferPointer {
            // An empty array has no address.
            pcre2_compile_8($0.baseAddress ?? UnsafePointer(bitPattern: 1), $0.count, options, &error, &offset, context)
        }
        guard let code else { throw PatternError(detail: "\(Expression.message(error)), at byte \(offset)") }
        self.code = code
        // Without it the interpreter does the work.
        pcre2_jit_compile_8(code, PCRE2_JIT_COMPLETE)
        var characters: UInt32 = 0
        pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_MAXLOOKBEHIND), &characters)
        lookbehind = Int(characters) * (alphabet == .utf8 ? 4 : 1)
        // A character can be cut by the place where a search begins, a byte cannot.
        if alphabet == .bytes, let run = LeadingRun(text) { afterRun = try Expression.afterRun(text, run, ignoresCase) }
    }

    private static func afterRun(
        _ text: [UInt8], _ run: LeadingRun, _ ignoresCase: Bool
    ) throws(PatternError) -> AfterRun {
        let expression = try Expression(
            Array("(?<!".utf8) + run.classText + Array(")".utf8) + text, .bytes, ignoresCase: ignoresCase)
        let one = try ExpressionMatcher(Expression(run.classText, .bytes, ignoresCase: ignoresCase))
        var bytes = ByteSet()
        for byte in UInt8.min...UInt8.max {
            let isOfClass = withUnsafeBytes(of: byte) { bytes in
                if case .match = one.first(in: bytes, 0..<1, isEnd: true) { true } else { false }
            }
            if isOfClass { bytes.insert(byte) }
        }
        return AfterRun(expression: expression, classBytes: bytes, isBlindToEnd: run.isBlindToEnd)
    }

    deinit {
        pcre2_code_free_8(code)
    }

    /// PCRE2's words for an error.
    static func message(_ error: Int32) -> String {
        var buffer = [UInt8](repeating: 0, count: 256)
        let count = pcre2_get_error_message_8(error, &buffer, buffer.count)
        return String(decoding: buffer.prefix(max(0, Int(count))), as: UTF8.self)
    }
}
