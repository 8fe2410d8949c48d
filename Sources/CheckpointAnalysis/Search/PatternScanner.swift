#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// Looks for a pattern.
struct PatternScanner: Scanner {
    let pattern: SearchPattern

    var reach: SubjectMaker.Reach {
        guard pattern.length == nil else { return .init(ahead: (pattern.length ?? 1) - 1, behind: 0) }
        // One byte more, so that the beginning of a subject is none of memory.
        return .init(ahead: SearchPattern.longestMatch, behind: pattern.expression.lookbehind + 1)
    }

    var findsOverlap: Bool { pattern.length != nil }

    /// How many places are tried between two looks at the clock.
    private static let step = 16 << 10
    /// How many seconds that may take.
    private static let secondLimit = 10.0

    func scan(_ subject: Subject, from start: UInt64, _ body: (Range<UInt64>) -> Void) throws(ScanFailure) {
        let matcher = try matcher(at: start)
        try subject.withUnsafeBytes { bytes throws(ScanFailure) in
            try scan(bytes, subject, matcher, from: Int(start - subject.base), body)
        }
    }

    private func matcher(at address: UInt64) throws(ScanFailure) -> ExpressionMatcher {
        do throws(PatternError) {
            return try ExpressionMatcher(pattern.expression)
        } catch {
            throw ScanFailure(address: address, detail: error.detail)
        }
    }

    private func scan(
        _ bytes: UnsafeRawBufferPointer, _ subject: Subject, _ matcher: borrowing ExpressionMatcher, from start: Int,
        _ body: (Range<UInt64>) -> Void
    ) throws(ScanFailure) {
        let end = min(Int(subject.starts.upperBound - subject.base), bytes.count)
        var position = start
        var (clock, looked) = (processorSeconds(), start)
        while position < end {
            let limit = min(end, position + PatternScanner.step)
            switch matcher.first(in: bytes, position..<limit, isEnd: subject.endsExtent) {
            case .none:
                position = limit
                (clock, looked) = (try checked(clock, subject, position), position)
            case .failed(let detail):
                throw ScanFailure(address: subject.base + UInt64(position), detail: detail)
            case .match(let match):
                guard let found = try cut(match, bytes, subject, matcher) else {
                    let longest = SearchPattern.longestMatch
                    position = match.lowerBound + matcher.distance(toNextAfter: match, in: bytes, longest: longest)
                    if position - looked < PatternScanner.step {
                        _ = try checked(clock, subject, position)
                    } else {
                        (clock, looked) = (processorSeconds(), position)
                    }
                    continue
                }
                body(subject.addresses(found))
                position = max(position + 1, findsOverlap ? match.lowerBound + 1 : found.upperBound)
            }
        }
    }

    /// The time now.
    ///
    /// - Throws: ``ScanFailure`` if too much has passed since the clock was looked at.
    private func checked(_ clock: Double, _ subject: Subject, _ position: Int) throws(ScanFailure) -> Double {
        let now = processorSeconds()
        guard now - clock <= PatternScanner.secondLimit else {
            throw ScanFailure(address: subject.base + UInt64(position), detail: "the expression takes too much time")
        }
        return now
    }

    /// A match that is too long as it would be if nothing were behind the longest match; nil if it would be none.
    private func cut(
        _ match: Range<Int>, _ bytes: UnsafeRawBufferPointer, _ subject: Subject,
        _ matcher: borrowing ExpressionMatcher
    ) throws(ScanFailure) -> Range<Int>? {
        guard match.count > SearchPattern.longestMatch else { return match }
        let end = match.lowerBound + SearchPattern.longestMatch
        switch matcher.anchored(in: bytes, at: match.lowerBound, before: end) {
        case .match(let match): return match
        case .none: return nil
        case .failed(let detail):
            throw ScanFailure(address: subject.base + UInt64(match.lowerBound), detail: detail)
        }
    }
}

extension Subject {
    fileprivate func addresses(_ part: Range<Int>) -> Range<UInt64> {
        (base + UInt64(part.lowerBound))..<(base + UInt64(part.upperBound))
    }
}

/// The processor time of this thread, in seconds.
private func processorSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}
