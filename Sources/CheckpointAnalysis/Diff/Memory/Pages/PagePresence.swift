internal import CheckpointModel

/// What a side has of pages.
enum PagePresence {
    case bytes(ComparedStretch.Owner)
    case zeros
    case clean(MemoryStretch.Reason)
    case nothing
    case kernels
    case unknown(MemoryStretch.Reason)

    /// - Parameter offset: How far behind the beginning of the stretch the pages are.
    init(_ state: ComparedStretch.State, from offset: UInt64) {
        switch state {
        case .bytes(_, let owner): self = .bytes(owner)
        case .zeros: self = .zeros
        case .clean(let reason): self = .clean(reason.moved(by: offset))
        case .nothing: self = .nothing
        case .kernels: self = .kernels
        case .unknown(let reason): self = .unknown(reason)
        }
    }

    /// What is to be told of pages that are not compared byte by byte; nil if nothing is.
    ///
    /// - Parameters:
    ///   - other: What the side after has.
    ///   - ties: What is known of that which both sides map.
    func verdict(against other: PagePresence, _ ties: AreaRelation.Ties) -> PageChange.Kind? {
        if let reason, let otherReason = other.reason {
            if isExplained(other, ties) { return nil }
            return .unknown(.both, MemoryStretch.Reason.graver(reason, otherReason))
        }
        if reason != nil { return other.verdict(beside: self, .before, ties, has: .appeared) }
        if other.reason != nil { return verdict(beside: other, .after, ties, has: .gone) }
        switch (self, other) {
        case (.bytes, .nothing), (.bytes, .zeros): return .gone
        case (.nothing, .bytes), (.zeros, .bytes): return .appeared
        default: return nil
        }
    }

    /// Why the bytes are not there; nil if they are, or if nothing has to be there.
    private var reason: MemoryStretch.Reason? {
        switch self {
        case .clean(let reason), .unknown(let reason): reason
        case .kernels: .notDumped
        case .bytes, .zeros, .nothing: nil
        }
    }

    /// Whether both sides lack the bytes for a reason that lets nothing differ that a process wrote.
    private func isExplained(_ other: PagePresence, _ ties: AreaRelation.Ties) -> Bool {
        switch (self, other) {
        case (.kernels, .kernels): true
        case (.clean, .clean): ties.contains(.contents)
        default: false
        }
    }

    /// The verdict where the other side lacks the bytes, and this one does not.
    ///
    /// - Parameters:
    ///   - side: The side that lacks them.
    ///   - kind: What it is if this side has a page of its own in place of an unchanged one of a file.
    private func verdict(
        beside other: PagePresence, _ side: MemorySide, _ ties: AreaRelation.Ties, has kind: PageChange.Kind
    ) -> PageChange.Kind? {
        guard let reason = other.reason else { return nil }
        switch (self, other) {
        case (.nothing, .clean), (.nothing, .kernels): return nil
        case (.bytes(.own), .clean): return ties.contains(.path) ? kind : .unknown(side, reason)
        case (.bytes(.file), .clean): return ties.contains(.contents) ? nil : .unknown(side, reason)
        default: return .unknown(side, reason)
        }
    }
}

extension MemoryStretch.Reason {
    /// The same reason for bytes that are further on.
    func moved(by offset: UInt64) -> MemoryStretch.Reason {
        guard case .cleanFilePage(let name, let start) = self else { return self }
        return .cleanFilePage(name, offset: start &+ offset)
    }

    /// Of two reasons the one that tells more of a loss; it does not depend on their order.
    static func graver(_ one: MemoryStretch.Reason, _ other: MemoryStretch.Reason) -> MemoryStretch.Reason {
        if one.weight != other.weight { return one.weight > other.weight ? one : other }
        switch (one, other) {
        case (.lost(let detail), .lost(let otherDetail)): return detail <= otherDetail ? one : other
        case (.cleanFilePage(let name, let offset), .cleanFilePage(let otherName, let otherOffset)):
            return (name, offset) <= (otherName, otherOffset) ? one : other
        default: return one
        }
    }

    private var weight: Int {
        switch self {
        case .unmapped: 0
        case .untouched: 1
        case .guardRegion: 2
        case .cleanFilePage: 3
        case .notDumped: 4
        case .lazy: 5
        case .lost: 6
        }
    }
}
