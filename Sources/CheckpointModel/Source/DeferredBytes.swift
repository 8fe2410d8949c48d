internal import CRIUImages

/// Bytes of a source that need not be at hand yet.
///
/// What is large in a compressed archive is passed over when the archive is read, and unpacked when something asks for it.
struct DeferredBytes: Sendable {
    /// How many bytes there are.
    let count: Int
    /// What is at hand, by ascending offset, without overlaps.
    private let held: [Stretch]
    /// Unpacks everything; nil if everything is at hand.
    private let unpack: (@Sendable () -> Known<ImageBytes>)?
    /// Told of each range that is asked for.
    private let log: (@Sendable (Range<Int>) -> Void)?
    /// The holes in the file that has the bytes, by ascending offset. They read as zeros.
    let holes: [Range<Int>]

    /// Bytes that are at hand, and where they stand.
    struct Stretch: Sendable {
        let offset: Int
        let bytes: ImageBytes
    }

    private init(
        count: Int, held: [Stretch], unpack: (@Sendable () -> Known<ImageBytes>)?,
        log: (@Sendable (Range<Int>) -> Void)?, holes: [Range<Int>] = []
    ) {
        self.count = count
        self.held = held
        self.unpack = unpack
        self.log = log
        self.holes = holes
    }

    /// Bytes that are at hand.
    ///
    /// - Parameter holes: The holes in the file that has them, by ascending offset.
    init(_ bytes: ImageBytes, holes: [Range<Int>] = []) {
        self.init(
            count: bytes.count, held: [Stretch(offset: 0, bytes: bytes)], unpack: nil, log: nil, holes: holes)
    }

    /// Bytes that have to be unpacked.
    ///
    /// - Parameters:
    ///   - count: How many bytes there are.
    ///   - held: What is at hand already, by ascending offset, without overlaps, within the count.
    ///   - unpack: Gives all of the bytes. It is called each time that others are asked for, so that it keeps them.
    init(count: Int, held: [Stretch] = [], unpack: @escaping @Sendable () -> Known<ImageBytes>) {
        self.init(count: count, held: held, unpack: unpack, log: nil)
    }

    /// The same bytes; a function is told of each range that is asked for.
    func logged(_ log: @escaping @Sendable (Range<Int>) -> Void) -> DeferredBytes {
        DeferredBytes(count: count, held: held, unpack: unpack, log: log, holes: holes)
    }

    /// Whether the bytes of a range can be had without unpacking. Logarithmic in the number of stretches at hand.
    func holds(_ range: Range<Int>) -> Bool { heldBytes(range) != nil }

    /// The bytes of a range, or why they cannot be had: because it is beyond `0..<count`, or because the bytes cannot be
    /// unpacked.
    func bytes(_ range: Range<Int>) -> Known<ImageBytes> {
        guard range.lowerBound >= 0, range.upperBound <= count else {
            return .missing(Absence(.damaged, "there are only \(count) bytes"))
        }
        log?(range)
        if let bytes = heldBytes(range) { return .value(bytes) }
        guard let unpack else { return .missing(DeferredBytes.short) }
        return unpack().flatMap { all in
            range.upperBound <= all.count ? .value(all[range]) : .missing(DeferredBytes.short)
        }
    }

    /// All bytes, or why they cannot be had.
    var all: Known<ImageBytes> { bytes(0..<count) }

    private static let short = Absence(.damaged, "the archive gave fewer bytes than before")

    private func heldBytes(_ range: Range<Int>) -> ImageBytes? {
        if range.isEmpty { return ImageBytes([]) }
        var low = 0
        var high = held.count
        while low < high {
            let middle = (low + high) / 2
            if held[middle].offset > range.lowerBound { high = middle } else { low = middle + 1 }
        }
        guard low > 0 else { return nil }
        let stretch = held[low - 1]
        guard range.upperBound - stretch.offset <= stretch.bytes.count else { return nil }
        return stretch.bytes[(range.lowerBound - stretch.offset)..<(range.upperBound - stretch.offset)]
    }
}
