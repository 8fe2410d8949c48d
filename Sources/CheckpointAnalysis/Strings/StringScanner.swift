/// Looks for runs of characters.
struct StringScanner: Scanner {
    let encoding: StringEncoding
    /// How many characters a run has at least.
    let minimum: Int

    /// More than the shortest run takes, so that none is overlooked at the end of a subject.
    var reach: SubjectMaker.Reach { .init(ahead: 4 * minimum + 4096, behind: 0) }

    var findsOverlap: Bool { false }

    func scan(_ subject: Subject, from start: UInt64, _ body: (Range<UInt64>) -> Void) throws(ScanFailure) {
        let places = Int(start - subject.base)..<Int(subject.starts.upperBound - subject.base)
        subject.withUnsafeBytes { bytes in
            let find = { (run: Range<Int>) in
                body((subject.base + UInt64(run.lowerBound))..<(subject.base + UInt64(run.upperBound)))
            }
            if encoding == .ascii { scanASCII(bytes, places, find) } else { scanWide(bytes, places, find) }
        }
    }

    /// Looks at the last byte first that a shortest run would have, to leave out what cannot be one.
    private func scanASCII(_ bytes: UnsafeRawBufferPointer, _ places: Range<Int>, _ body: (Range<Int>) -> Void) {
        var start = places.lowerBound
        while start < places.upperBound, start + minimum <= bytes.count {
            var probe = start + minimum - 1
            while probe >= start, isPrintable(bytes[probe]) { probe -= 1 }
            if probe >= start {
                start = probe + 1
                continue
            }
            var end = start + minimum
            while end < bytes.count, isPrintable(bytes[end]) { end += 1 }
            body(start..<end)
            start = end + 1
        }
    }

    private func scanWide(_ bytes: UnsafeRawBufferPointer, _ places: Range<Int>, _ body: (Range<Int>) -> Void) {
        var start = places.lowerBound
        while start < places.upperBound {
            let (end, count) = run(bytes, from: start)
            if count >= minimum { body(start..<end) }
            // Units of UTF-16 can begin at odd addresses, also within what was too short.
            start = count >= minimum ? end : encoding == .utf8 ? end + 1 : start + 1
        }
    }

    /// Where the run that begins at a place ends, and how many characters it has.
    private func run(_ bytes: UnsafeRawBufferPointer, from start: Int) -> (end: Int, count: Int) {
        var (end, count) = (start, 0)
        while end < bytes.count {
            let length = encoding.length(bytes, at: end)
            if length == 0 { break }
            end += length
            count += 1
        }
        return (end, count)
    }

    func end(of find: Range<UInt64>, in space: any ByteSpace) -> UInt64 {
        var end = find.upperBound
        while true {
            let bytes = space.bytes(from: end, 64 << 10)
            let count = bytes.withUnsafeBytes { run($0, from: 0).end }
            end += UInt64(count)
            if count == 0 || bytes.count - count >= 4 { return end }
        }
    }
}
