internal import CPCRE2

/// Matches an expression against bytes. Each thread has its own.
struct ExpressionMatcher: ~Copyable {
    private let expression: Expression
    private let match: OpaquePointer
    private let context: OpaquePointer
    private let stack: OpaquePointer?

    /// How many steps a match may take from one beginning, so that no pattern takes for ever.
    private static let stepLimit: UInt32 = 5_000_000
    private static let depthLimit: UInt32 = 100_000
    /// In KiB.
    private static let heapLimit: UInt32 = 64 << 10

    /// What came of a match.
    enum Outcome {
        case match(Range<Int>)
        case none
        /// It was given up; why.
        case failed(String)
    }

    /// Makes a matcher.
    ///
    /// - Throws: ``PatternError`` if there is no memory.
    init(_ expression: Expression) throws(PatternError) {
        guard let match = pcre2_match_data_create_8(1, nil) else { throw PatternError(detail: "no memory") }
        guard let context = pcre2_match_context_create_8(nil) else {
            pcre2_match_data_free_8(match)
            throw PatternError(detail: "no memory")
        }
        let stack = pcre2_jit_stack_create_8(32 << 10, 4 << 20, nil)
        if let stack { pcre2_jit_stack_assign_8(context, nil, UnsafeMutableRawPointer(stack)) }
        pcre2_set_match_limit_8(context, ExpressionMatcher.stepLimit)
        pcre2_set_depth_limit_8(context, ExpressionMatcher.depthLimit)
        pcre2_set_heap_limit_8(context, ExpressionMatcher.heapLimit)
        self.expression = expression
        self.match = match
        self.context = context
        self.stack = stack
    }

    deinit {
        pcre2_match_data_free_8(match)
        pcre2_match_context_free_8(context)
        pcre2_jit_stack_free_8(stack)
    }

    /// Looks for the first match that begins in a range.
    ///
    /// - Parameters:
    ///   - bytes: The bytes, those around the range too.
    ///   - starts: Where a match may begin; not empty, within the bytes.
    ///   - isEnd: Whether the end of the bytes is one for `$` too.
    func first(in bytes: UnsafeRawBufferPointer, _ starts: Range<Int>, isEnd: Bool) -> Outcome {
        let options = PCRE2_NOTEMPTY | (isEnd ? 0 : PCRE2_NOTEOL)
        var code = expression.code
        if let afterRun = expression.afterRun {
            code = afterRun.expression.code
            let first = starts.lowerBound
            if first > 0, afterRun.classBytes.contains(bytes[first - 1]) {
                pcre2_set_offset_limit_8(context, first)
                let outcome = run(expression.code, bytes, from: first, options)
                guard case .none = outcome else { return outcome }
            }
        }
        pcre2_set_offset_limit_8(context, starts.upperBound - 1)
        return run(code, bytes, from: starts.lowerBound, options)
    }

    /// Matches from a place, with all bytes from another on out of sight.
    func anchored(in bytes: UnsafeRawBufferPointer, at place: Int, before end: Int) -> Outcome {
        pcre2_set_offset_limit_8(context, place)
        let part = UnsafeRawBufferPointer(rebasing: bytes[..<end])
        return run(expression.code, part, from: place, PCRE2_NOTEMPTY | PCRE2_NOTEOL)
    }

    /// How far behind the beginning of a match that is too long, and none if it is cut, the next one can begin.
    ///
    /// A match that begins further behind in the same run of bytes, and ends before some place, would also begin here and end
    /// there: what is looked for is the first place before which one that begins here ends.
    ///
    /// - Parameters:
    ///   - match: The match as it is if it is not cut.
    ///   - longest: How long a match may be.
    /// - Complexity: As many matches as the logarithm of the distance.
    func distance(toNextAfter match: Range<Int>, in bytes: UnsafeRawBufferPointer, longest: Int) -> Int {
        guard let afterRun = expression.afterRun, afterRun.isBlindToEnd else { return 1 }
        let start = match.lowerBound
        func endsWithin(_ distance: Int) -> Bool {
            if case .none = anchored(in: bytes, at: start, before: start + longest + distance) { false } else { true }
        }
        let most = match.count - longest
        var (none, some) = (0, 1)
        while some < most, !endsWithin(some) { (none, some) = (some, min(most, some * 2)) }
        while some - none > 1 {
            let middle = (none + some) / 2
            if endsWithin(middle) { some = middle } else { none = middle }
        }
        let run = bytes[start..<(start + some)].firstIndex { !afterRun.classBytes.contains($0) } ?? start + some
        return max(1, run - start)
    }

    private func run(
        _ code: OpaquePointer, _ bytes: UnsafeRawBufferPointer, from start: Int, _ options: UInt32
    ) -> Outcome {
        let text = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
        let result = pcre2_match_8(code, text, bytes.count, start, options, match, context)
        if result == PCRE2_ERROR_NOMATCH { return .none }
        guard result >= 0, let places = pcre2_get_ovector_pointer_8(match) else { return .failed(words(result)) }
        return places[0] <= places[1] ? .match(places[0]..<places[1]) : .none
    }

    private func words(_ error: Int32) -> String {
        switch error {
        case PCRE2_ERROR_MATCHLIMIT, PCRE2_ERROR_DEPTHLIMIT: "the expression takes too many steps"
        case PCRE2_ERROR_HEAPLIMIT, PCRE2_ERROR_JIT_STACKLIMIT: "the expression takes too much memory"
        default: "the expression fails: \(Expression.message(error))"
        }
    }
}
