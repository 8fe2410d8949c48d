internal import CheckpointModel
internal import EvidenceText

/// How two areas that are seen at one address stand to each other.
struct AreaRelation: Equatable {
    /// What differs.
    var differences: AreaChange.Differences = []
    /// What is known of that which they map.
    var ties: Ties = []

    /// What two areas have in common, as far as the comparison of pages has to know.
    struct Ties: OptionSet, Equatable {
        let rawValue: UInt8

        /// Both map one file, so that a page that only one has a copy of is one that was written to.
        static let path = Ties(rawValue: 1 << 0)
        /// The file is the same as far as is recorded, and so is the offset: unchanged pages are the same.
        static let contents = Ties(rawValue: 1 << 1)
        /// Both show the same part of one shared object or deleted file, which is compared on its own.
        static let object = Ties(rawValue: 1 << 2)
    }
}

/// Compares areas of two processes.
struct AreaComparer {
    /// Whether both processes are in one checkpoint, so that ids mean the same.
    let isOneCheckpoint: Bool
    let objects: ObjectTies

    /// Compares two areas at an address that both have.
    func relation(_ before: MemorySegment, _ after: MemorySegment, at address: UInt64) -> AreaRelation {
        relation(before, after, from: address, to: address)
    }

    /// Compares an area at an address before with one at an address after.
    func relation(
        _ before: MemorySegment, _ after: MemorySegment, from old: UInt64, to new: UInt64
    ) -> AreaRelation {
        var relation = AreaRelation()
        relation.differences = plainDifferences(before, after)
        let isSamePlace = before.offset(at: old) == after.offset(at: new)
        if before.hasOffset, after.hasOffset, !isSamePlace { relation.differences.insert(.offset) }
        if before.sharesObject || after.sharesObject {
            compareObjects(before, after, isSamePlace, &relation)
        } else if before.status.mapsFile, after.status.mapsFile {
            compareFiles(before, after, isSamePlace, &relation)
        } else if before.name != after.name, relation.differences.isDisjoint(with: [.sort]) {
            relation.differences.insert(.name)
        }
        return relation
    }

    /// Whether two areas at one address are one, but that it may have been given other access rights or advice.
    func isContinued(_ before: MemorySegment, _ after: MemorySegment, at address: UInt64) -> Bool {
        let differences = relation(before, after, at: address).differences
        return differences.isDisjoint(with: [.sharing, .sort, .file, .offset, .object, .name])
    }

    private func plainDifferences(_ before: MemorySegment, _ after: MemorySegment) -> AreaChange.Differences {
        var differences: AreaChange.Differences = []
        if before.protection != after.protection { differences.insert(.access) }
        if before.isShared != after.isShared { differences.insert(.sharing) }
        if before.sort != after.sort { differences.insert(.sort) }
        if before.kindFlags != after.kindFlags { differences.insert(.flags) }
        if let old = before.fileFlags, let new = after.fileFlags, old != new { differences.insert(.flags) }
        if before.advice != after.advice { differences.insert(.advice) }
        return differences
    }

    private func compareObjects(
        _ before: MemorySegment, _ after: MemorySegment, _ isSamePlace: Bool, _ relation: inout AreaRelation
    ) {
        guard let old = before.sharedMemory?.objectID, let new = after.sharedMemory?.objectID else {
            relation.differences.insert(.object)
            return
        }
        guard objects.areSame(old, new) else {
            relation.differences.insert(.object)
            return
        }
        if isSamePlace { relation.ties.insert(.object) }
        if before.name != after.name { relation.differences.insert(.name) }
    }

    private func compareFiles(
        _ before: MemorySegment, _ after: MemorySegment, _ isSamePlace: Bool, _ relation: inout AreaRelation
    ) {
        let sameness = FileSameness(before, after, isOneCheckpoint: isOneCheckpoint)
        if sameness.differs { relation.differences.insert(.file) }
        if sameness.hasSamePath { relation.ties.insert(.path) }
        if sameness.isKnownSame, isSamePlace { relation.ties.insert(.contents) }
        if isSamePlace, objects.areSame(before.file.value, after.file.value) { relation.ties.insert(.object) }
    }
}

/// Whether two areas map one file.
struct FileSameness {
    /// The path is the same, or both sides lack it and nothing speaks against it.
    private(set) var hasSamePath = false
    /// Nothing that is recorded of the files differs.
    private(set) var isKnownSame = false
    /// Something that is recorded of the files differs.
    private(set) var differs = false

    init(_ before: MemorySegment, _ after: MemorySegment, isOneCheckpoint: Bool) {
        if isOneCheckpoint, before.objectID == after.objectID {
            (hasSamePath, isKnownSame) = (true, true)
            return
        }
        guard let old = before.file.value, let new = after.file.value else { return }
        hasSamePath = FileSameness.havePath(old, new)
        let isEqual = hasSamePath && old.isDeleted == new.isDeleted && FileSameness.agree(old, new)
        (isKnownSame, differs) = (isEqual, !isEqual)
    }

    private static func havePath(_ old: OpenFile, _ new: OpenFile) -> Bool {
        guard old.type == new.type else { return false }
        if case .path(let one) = old.detail, case .path(let other) = new.detail, one.path == other.path { return true }
        return old.target.value != nil && old.target.value == new.target.value
    }

    /// Whether nothing that both sides record differs.
    private static func agree(_ old: OpenFile, _ new: OpenFile) -> Bool {
        guard case .path(let one) = old.detail, case .path(let other) = new.detail else { return true }
        if let size = one.size.value, let otherSize = other.size.value, size != otherSize { return false }
        if let sum = one.checksum, let otherSum = other.checksum, sum != otherSum { return false }
        return one.buildID.isEmpty || other.buildID.isEmpty || one.buildID == other.buildID
    }
}

extension MemorySegment {
    /// The bits that tell the sorts of memory apart; the others say what CRIU does with it, or follow from the name.
    fileprivate var sort: SegmentStatus {
        var sort = status.intersection([
            .vsyscall, .vdso, .vvar, .aioRing, .socket, .shadowStack, .guardRegion, .uprobes, .sysvIPC,
        ])
        // Shared anonymous memory is recorded as a memfd by some versions.
        if status.mapsFile && !sharesObject { sort.insert(.filePrivate) }
        return sort
    }

    /// The kind of mapping, but for sharing, which is compared on its own, and the bit for anonymous memory, which follows
    /// from the sort.
    fileprivate var kindFlags: UInt32 { mapFlags & ~0x23 }

    /// Whether the offset means anything.
    fileprivate var hasOffset: Bool { status.mapsFile || sharesObject }

    /// The offset in what is mapped at an address.
    func offset(at address: UInt64) -> UInt64 { offset &+ (address &- addresses.lowerBound) }
}
