/// A part of a search that one thread does: subjects of one space, and what is found in them.
struct ScanJob: Sendable {
    let target: Int
    let subjects: [Subject]
    private(set) var finds: [Find] = []
    private(set) var failure: ScanFailure?

    /// What was found.
    struct Find: Sendable {
        /// In which subject of the job it begins.
        let subject: UInt32
        /// Where in the subject it begins.
        let offset: UInt32
        /// The address behind it, which may be behind the subject.
        var end: UInt64
    }

    init(target: Int, subjects: [Subject]) {
        self.target = target
        self.subjects = subjects
    }

    /// Looks through the subjects, as if nothing had been found before each.
    mutating func run(_ scanner: some Scanner) {
        for index in subjects.indices where failure == nil {
            subjects[index].prefetch()
            scan(index, from: subjects[index].starts.lowerBound, scanner)
        }
    }

    private mutating func scan(_ index: Int, from start: UInt64, _ scanner: some Scanner) {
        let subject = subjects[index]
        do throws(ScanFailure) {
            try scanner.scan(subject, from: start) { find in
                // What is seen through a view as a whole is found where the viewed object is gone through.
                if let viewEnd = subject.viewEnd, find.upperBound <= viewEnd { return }
                finds.append(
                    Find(
                        subject: UInt32(index), offset: UInt32(find.lowerBound - subject.base), end: find.upperBound))
            }
        } catch {
            failure = error
        }
    }

    /// Takes out what begins before an earlier find ends, and looks again where that leaves a gap.
    ///
    /// - Parameter last: The end of the last find before, and then of the last one here.
    mutating func settle(after last: inout UInt64, _ scanner: some Scanner, in space: any ByteSpace) {
        guard !scanner.findsOverlap else { return }
        let found = finds
        finds = []
        finds.reserveCapacity(found.count)
        var next = 0
        for (index, subject) in subjects.enumerated() {
            if !subject.continues { last = 0 }
            var dropped: UInt64?
            while next < found.count, found[next].subject == index, subject.base + UInt64(found[next].offset) < last {
                dropped = found[next].end
                next += 1
            }
            let first = next
            while next < found.count, found[next].subject == index { next += 1 }
            if let dropped, dropped != last {
                if last < subject.starts.upperBound { scan(index, from: last, scanner) }
            } else {
                finds += found[first..<next]
            }
            extend(index, scanner, in: space)
            if let find = finds.last, find.subject == index { last = find.end }
        }
    }

    /// Follows the last find of a subject behind its end.
    private mutating func extend(_ index: Int, _ scanner: some Scanner, in space: any ByteSpace) {
        let subject = subjects[index]
        // The end can lie within a character.
        guard !subject.endsExtent, let find = finds.last, find.subject == index, subject.end - find.end < 4 else {
            return
        }
        finds[finds.count - 1].end = scanner.end(of: (subject.base + UInt64(find.offset))..<find.end, in: space)
    }

    /// Gives the memory of the subjects back.
    func release() { subjects.forEach { $0.release() } }
}
