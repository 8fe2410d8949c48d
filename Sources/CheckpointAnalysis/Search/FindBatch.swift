internal import CheckpointModel

/// Some finds of one target, while their bytes are at hand.
struct FindBatch {
    let target: MemoryTarget
    private let job: ScanJob
    private let places: Range<Int>

    init(_ target: MemoryTarget, _ job: ScanJob, _ places: Range<Int>) {
        (self.target, self.job, self.places) = (target, job, places)
    }

    /// Calls a function with each find, in order.
    func forEach(_ body: (Find) -> Void) {
        for place in places {
            let find = job.finds[place]
            let subject = job.subjects[Int(find.subject)]
            body(Find(addresses: (subject.base + UInt64(find.offset))..<find.end, subject: subject))
        }
    }

    /// A find with the bytes around it.
    struct Find {
        let addresses: Range<UInt64>
        let subject: Subject

        /// Calls a function with the bytes of the find, as far as they are in its subject: all of them, unless it goes on
        /// behind the subject's end.
        func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
            let start = Int(addresses.lowerBound - subject.base)
            let end = Int(min(addresses.upperBound, subject.end) - subject.base)
            return subject.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[start..<end])) }
        }
    }
}
