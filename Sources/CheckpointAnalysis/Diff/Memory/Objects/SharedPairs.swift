internal import CheckpointModel
internal import EvidenceText

/// Finds which shared memory and deleted files of two checkpoints are the same.
struct SharedPairs {
    private let before: Checkpoint
    private let after: Checkpoint
    /// The place of each compared process's pair, by its id before and after.
    private var places: (before: [Int: Int], after: [Int: Int]) = ([:], [:])
    private(set) var memory: [(before: SharedMemoryObject?, after: SharedMemoryObject?)] = []
    private(set) var files: [(before: GhostFile?, after: GhostFile?)] = []

    /// - Parameter pairs: The ids of the processes that are compared.
    init(_ before: Checkpoint, _ after: Checkpoint, _ pairs: [(before: Int, after: Int)]) {
        (self.before, self.after) = (before, after)
        // The order in which pairs were named does not depend on which side is which.
        let ordered = pairs.sorted {
            (min($0.before, $0.after), max($0.before, $0.after)) < (min($1.before, $1.after), max($1.before, $1.after))
        }
        for (place, pair) in ordered.enumerated() {
            if places.before[pair.before] == nil { places.before[pair.before] = place }
            if places.after[pair.after] == nil { places.after[pair.after] = place }
        }
        matchMemory()
        matchFiles()
    }

    /// Which are the same.
    var ties: ObjectTies {
        var ties = ObjectTies(checkpoints: (before, after))
        for case (let old?, let new?) in memory { ties.memory[old.id] = new.id }
        for case (let old?, let new?) in files { ties.files[old.number] = new.number }
        return ties
    }

    // MARK: Shared memory

    /// By what an object is recognised, the surest first.
    private enum Name: Hashable {
        case key(UInt32)
        /// Where a process maps it.
        case mapping(SharedMemoryObject.Kind, pair: Int, base: UInt64)
        case named(SharedMemoryObject.Kind, ByteText)
        case number(UInt64)
    }

    private mutating func matchMemory() {
        let (old, new) = (before.sharedMemory, after.sharedMemory)
        var matcher = Matcher<Name>(old.count, new.count)
        matcher.match(old.map { Self.keys($0) }, new.map { Self.keys($0) })
        matcher.match(old.map { mappings($0, places.before) }, new.map { mappings($0, places.after) })
        matcher.match(old.map(Self.names), new.map(Self.names))
        matcher.match(old.map(Self.numbers), new.map(Self.numbers))
        memory = matcher.pairs.map { (before: $0.0.map { old[$0] }, after: $0.1.map { new[$0] }) }
    }

    private static func keys(_ object: SharedMemoryObject) -> [Name] {
        object.key.flatMap { $0 == 0 ? nil : [.key($0)] } ?? []
    }

    private func mappings(_ object: SharedMemoryObject, _ places: [Int: Int]) -> [Name] {
        object.mappings.compactMap { mapping in
            places[mapping.pid].map {
                .mapping(object.kind, pair: $0, base: mapping.addresses.lowerBound &- mapping.offset)
            }
        }
    }

    private static func names(_ object: SharedMemoryObject) -> [Name] {
        object.kind == .memfd ? [.named(.memfd, object.name)] : []
    }

    /// The number of a System V segment stays as long as it lives.
    private static func numbers(_ object: SharedMemoryObject) -> [Name] {
        object.kind == .sysv ? [.number(object.id)] : []
    }

    // MARK: Deleted files

    private mutating func matchFiles() {
        let (old, new) = (mappedFiles(before, places.before), mappedFiles(after, places.after))
        var matcher = Matcher<ByteText>(old.count, new.count)
        let paths = { (file: GhostFile) in file.path.value.map { [$0] } ?? [] }
        matcher.match(old.map(paths), new.map(paths))
        files = matcher.pairs.map { (before: $0.0.map { old[$0] }, after: $0.1.map { new[$0] }) }
    }

    /// The deleted files with content that the compared processes map.
    private func mappedFiles(_ checkpoint: Checkpoint, _ places: [Int: Int]) -> [GhostFile] {
        let held = checkpoint.ghosts.filter { $0.content.value != nil }
        guard !held.isEmpty else { return [] }
        var numbers: Set<UInt32> = []
        for process in checkpoint.processes.value ?? [] where places[process.pid] != nil {
            for segment in checkpoint.memory(of: process).value?.segments ?? [] {
                guard let file = segment.file.value, case .ghost(let number) = checkpoint.remap(of: file) else {
                    continue
                }
                numbers.insert(number)
            }
        }
        return held.filter { numbers.contains($0.number) }
    }
}

/// Matches the elements of two lists by what they are called. What is called alike twice on a side is not matched by it, nor
/// what one name joins with one and another name with another.
private struct Matcher<Name: Hashable> {
    private var partners: [Int?]
    private var isTaken: [Bool]

    init(_ count: Int, _ otherCount: Int) {
        partners = Array(repeating: nil, count: count)
        isTaken = Array(repeating: false, count: otherCount)
    }

    mutating func match(_ names: [[Name]], _ otherNames: [[Name]]) {
        let places = Self.places(otherNames, isTaken)
        let ownPlaces = Self.places(names, partners.map { $0 != nil })
        var found: [Int: Set<Int>] = [:]
        var foundBy: [Int: Set<Int>] = [:]
        for (name, own) in ownPlaces {
            guard let one = own.first, own.count == 1, let others = places[name], let other = others.first,
                others.count == 1
            else { continue }
            found[one, default: []].insert(other)
            foundBy[other, default: []].insert(one)
        }
        for (one, others) in found {
            guard let other = others.first, others.count == 1, foundBy[other]?.count == 1 else { continue }
            partners[one] = other
            isTaken[other] = true
        }
    }

    /// Those that have no partner yet, by their names.
    private static func places(_ names: [[Name]], _ isTaken: [Bool]) -> [Name: Set<Int>] {
        var places: [Name: Set<Int>] = [:]
        for (index, all) in names.enumerated() where !isTaken[index] {
            for name in all { places[name, default: []].insert(index) }
        }
        return places
    }

    /// The elements of the first list with their partners, then those of the second that have none.
    var pairs: [(Int?, Int?)] {
        partners.enumerated().map { ($0.offset, $0.element) }
            + isTaken.enumerated().filter { !$0.element }.map { (nil, $0.offset) }
    }
}
