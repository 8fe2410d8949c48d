/// Looks for something in subjects.
protocol Scanner: Sendable {
    /// How far around the beginning of a find bytes matter.
    var reach: SubjectMaker.Reach { get }

    /// Whether finds may overlap. If not, what begins before the last find ends is none.
    var findsOverlap: Bool { get }

    /// Looks through a subject.
    ///
    /// - Parameters:
    ///   - subject: The bytes.
    ///   - start: Where to begin, within the starts of the subject.
    ///   - body: Gets the addresses of each find, in ascending order.
    /// - Throws: ``ScanFailure``.
    func scan(_ subject: Subject, from start: UInt64, _ body: (Range<UInt64>) -> Void) throws(ScanFailure)

    /// Where a find ends that reaches to the end of its subject, though memory goes on behind it.
    func end(of find: Range<UInt64>, in space: any ByteSpace) -> UInt64
}

extension Scanner {
    func end(of find: Range<UInt64>, in space: any ByteSpace) -> UInt64 { find.upperBound }
}

/// A search that was given up.
struct ScanFailure: Error {
    let address: UInt64
    let detail: String
}
