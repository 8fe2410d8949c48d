public import CheckpointModel
public import EvidenceText

/// Finds the strings in the memory of a checkpoint, in what ``MemorySearch`` searches.
public struct MemoryStrings: Sendable {
    private let targets: [MemoryTarget]
    private let scanner: StringScanner

    /// How many bytes of a string are given at the most.
    public static let longestString = 1 << 20

    /// Prepares.
    ///
    /// - Parameters:
    ///   - checkpoint: What is gone through.
    ///   - selection: Which of its memory.
    ///   - files: Where unchanged pages of mapped files are read; nil if they are not.
    ///   - encoding: How characters are stored.
    ///   - minimum: How many characters a string has at least, 1 or more.
    public init(
        _ checkpoint: Checkpoint, _ selection: MemorySelection, files: RootFiles? = nil, _ encoding: StringEncoding,
        minimum: Int
    ) {
        targets = TargetList(checkpoint, selection, files: files).targets()
        scanner = StringScanner(encoding: encoding, minimum: max(1, minimum))
    }

    /// The names of the files that strings can be of and that are not known to be the ones that were mapped.
    public var unverifiedFiles: [ByteText] {
        var names: Set<ByteText> = []
        for target in targets {
            guard let space = target.space as? ProcessSpace else { continue }
            for range in target.ranges {
                space.memory.forEachStretch(in: range) { stretch in
                    if case .file(let name, _, isVerified: false) = stretch.origin { names.insert(name) }
                }
            }
        }
        return names.sorted()
    }

    /// Finds the strings, in the order of ``MemorySearch``.
    ///
    /// - Parameters:
    ///   - make: Makes something of some strings, which are in order and of one place; called on several threads.
    ///   - body: Gets what was made, and the place, in order. Returns whether it wants more.
    public func run<Made: Sendable>(
        _ make: @Sendable (StringBatch) -> Made, _ body: (MemoryPlace, Made) -> Bool
    ) throws(SearchFailure) -> ScanEnding {
        let scan = ParallelScan(targets: targets, scanner: scanner, limit: nil)
        return try scan.run { batch in
            make(StringBatch(batch, scanner.encoding))
        } _: { target, made in
            body(target.place, made)
        }
    }
}

/// Some strings of one place.
public struct StringBatch {
    private let batch: FindBatch
    private let encoding: StringEncoding

    init(_ batch: FindBatch, _ encoding: StringEncoding) {
        (self.batch, self.encoding) = (batch, encoding)
    }

    /// In what they are.
    public var place: MemoryPlace { batch.target.place }

    /// Calls a function with each string, in order.
    ///
    /// - Parameter body: Gets the addresses (offsets in what is no process), and the string in UTF-8, which is valid only
    ///   during the call: at most ``MemoryStrings/longestString`` bytes of memory of it.
    public func forEach(_ body: (Range<UInt64>, UnsafeRawBufferPointer) -> Void) {
        batch.forEach { find in
            if find.addresses.upperBound > find.subject.end {
                long(find, body)
            } else if encoding == .ascii || encoding == .utf8 {
                find.withUnsafeBytes { body(find.addresses, $0) }
            } else {
                let text = find.withUnsafeBytes { encoding.utf8($0) }
                text.withUnsafeBytes { body(find.addresses, $0) }
            }
        }
    }

    private func long(_ find: FindBatch.Find, _ body: (Range<UInt64>, UnsafeRawBufferPointer) -> Void) {
        let count = min(find.addresses.upperBound - find.addresses.lowerBound, UInt64(MemoryStrings.longestString))
        let bytes = batch.target.space.bytes(from: find.addresses.lowerBound, Int(count))
        let text = bytes.withUnsafeBytes { encoding.utf8($0) }
        text.withUnsafeBytes { body(find.addresses, $0) }
    }
}
