internal import CRIUImages
public import CheckpointModel

/// Compares two images of one kind, field by field; images that are not made of entries byte by byte.
public struct ImageComparison: Sendable {
    /// The first image.
    public let before: ComparedImage
    /// The second image.
    public let after: ComparedImage
    /// What differs in the words before the entries.
    public let header: [FactChange]
    /// The runs of pages of raw images that differ, as far as both images go.
    public let pages: [PageChange]
    /// Of raw images, the offset of the first byte that differs; nil if there is none, as far as both images go.
    public let firstDifference: UInt64?
    /// The damage that ended the reading of either image.
    public let damage: (before: Problem?, after: Problem?)
    private let pairs: [EntryPair]
    private let keepsUnchanged: Bool

    /// Compares two images.
    ///
    /// - Parameters:
    ///   - before: The first.
    ///   - after: The second. It should be comparable to the first.
    ///   - keepsUnchanged: Whether fields that are the same are told too. Memory then grows with the number of entries.
    /// - Complexity: Linear in the sizes. Memory grows with the entries and pages that differ.
    public init(_ before: ComparedImage, _ after: ComparedImage, keepsUnchanged: Bool = false) {
        (self.before, self.after, self.keepsUnchanged) = (before, after, keepsUnchanged)
        guard let old = before.image, let new = after.image else {
            (pages, firstDifference) = ImageComparison.compareBytes(before.bytes, after.bytes)
            (header, pairs, damage) = (ImageComparison.sizes(before, after, keepsUnchanged), [], (nil, nil))
            return
        }
        (pages, firstDifference) = ([], nil)
        header = ImageComparison.compare(old.facts, new.facts, keepsUnchanged)
        let walk = EntryWalk(old, new, keepsSame: keepsUnchanged)
        let found = EntryPairs(old, new, walk).pairs
        damage = (walk.damage.before.map { Problem($0) }, walk.damage.after.map { Problem($0) })
        pairs =
            keepsUnchanged
            ? (found + walk.same).sorted { ($0.position, $0.isNew ? 1 : 0) < ($1.position, $1.isNew ? 1 : 0) } : found
    }

    private static func compare(_ before: Fact, _ after: Fact, _ keepsUnchanged: Bool) -> [FactChange] {
        var comparison = FactComparison(FactReferences(processes: []), keepsUnchanged: keepsUnchanged)
        comparison.compare(before, after)
        return comparison.changes
    }

    // MARK: Raw images

    private static func compareBytes(_ before: ImageBytes, _ after: ImageBytes) -> ([PageChange], UInt64?) {
        let size = UInt64(min(before.count, after.count))
        guard size > 0, let first = before.firstDifference(from: after) else { return ([], nil) }
        let start = UInt64(first) / 4096 * 4096
        let region = PageRegion(before: start, after: start, byteCount: size - start, ties: [])
        let sides = (ComparedMemory(Content(of: before)), ComparedMemory(Content(of: after)))
        let found = PageRounds.run([PageTask(sides.0, sides.1, [region])])
        return (found.flatMap(\.changes), UInt64(first))
    }

    private static func sizes(
        _ before: ComparedImage, _ after: ComparedImage, _ keepsUnchanged: Bool
    ) -> [FactChange] {
        let facts = [before, after].map { image in
            Fact.record(FactRecord("image", [FactMember(FactTraits("size"), .number(image.byteCount))]))
        }
        return compare(facts[0], facts[1], keepsUnchanged)
    }

    /// The bytes of raw images, to be asked for those that differ; nil for images that are made of entries.
    public var sides: (before: ComparedMemory, after: ComparedMemory)? {
        guard before.isRaw, after.isRaw else { return nil }
        return (ComparedMemory(Content(of: before.bytes)), ComparedMemory(Content(of: after.bytes)))
    }

    // MARK: Entries

    /// Calls a function with each entry that differs, and how, as long as it wants more. Entries are read anew, one at a
    /// time.
    ///
    /// - Parameter body: Gets what differs. Returns whether it wants more.
    public func forEachEntry(_ body: (ImageEntryDifference) -> Bool) {
        guard let old = before.image, let new = after.image else { return }
        var oldReader = ImageEntryReader(old)
        var newReader = ImageEntryReader(new)
        for pair in pairs {
            let left = pair.before.flatMap { oldReader.read($0.place) }
            let right = pair.after.flatMap { newReader.read($0.place) }
            let changes = changes(left?.fact, right?.fact)
            guard !changes.isEmpty else { continue }
            let entry = ImageEntryDifference(
                before: pair.before.map { .init($0) }, after: pair.after.map { .init($0) },
                label: right?.label ?? left?.label, changes: changes)
            guard body(entry) else { return }
        }
    }

    private func changes(_ before: Fact?, _ after: Fact?) -> [FactChange] {
        switch (before, after) {
        case (let before?, let after?): return ImageComparison.compare(before, after, keepsUnchanged)
        case (let before?, nil): return [change(.gone, before, nil, lost: .after, damage.after)]
        case (nil, let after?): return [change(.appeared, nil, after, lost: .before, damage.before)]
        case (nil, nil): return []
        }
    }

    /// That only one side has an entry: the other one may have lost it.
    private func change(
        _ kind: FactChange.Kind, _ before: Fact?, _ after: Fact?, lost side: FactChange.Side, _ damage: Problem?
    ) -> FactChange {
        let kind = damage.map { FactChange.Kind.unknown(side, Absence(.damaged, $0.description)) } ?? kind
        return FactChange(path: [], topic: nil, kind: kind, before: before, after: after, words: (nil, nil))
    }
}

/// What differs of an entry of two images.
public struct ImageEntryDifference: Sendable {
    /// Where the entry is before; nil if it appeared.
    public let before: Place?
    /// Where the entry is after; nil if it is gone.
    public let after: Place?
    /// What tells the entry from others; nil if only its place does.
    public let label: EntryLabel?
    /// What differs.
    public let changes: [FactChange]

    /// Where an entry is.
    public struct Place: Sendable, Equatable {
        /// Its place in the image, counted from 0.
        public let index: Int
        /// The offset of its size word.
        public let offset: Int

        init(_ frame: EntryFrame) { (index, offset) = (frame.index, frame.start) }
    }
}

extension EntryPair {
    /// The place in the first image, or, of an entry that it lacks, in the second.
    fileprivate var position: Int { before?.index ?? after?.index ?? 0 }
    fileprivate var isNew: Bool { before == nil }
}

extension ImageFile {
    /// What the words before the entries say, as it is compared.
    fileprivate var facts: Fact {
        .record(
            FactRecord(
                "image",
                [
                    FactMember(FactTraits("magic"), .word(kind.name)),
                    FactMember(FactTraits("framing"), .word(header.isOldForm ? "old" : "new")),
                    FactMember(FactTraits("byte_order"), .word(header.byteOrder.rawValue)),
                ]))
    }
}
