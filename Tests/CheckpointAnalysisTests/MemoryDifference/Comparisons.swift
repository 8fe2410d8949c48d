import CheckpointAnalysis
import CheckpointModel
import CheckpointTestSupport
import EvidenceText
import Foundation
import SystemPackage
import Testing

/// Two checkpoints whose memory is compared, and what was found, both ways round.
struct Comparison {
    let before: Checkpoint
    let after: Checkpoint
    let pairs: [MemoryComparison.Pair]
    let result: MemoryComparison.Result

    /// - Parameter pairs: The processes; nil for those that have one id on both sides.
    init(_ before: Checkpoint, _ after: Checkpoint, _ pairs: [(Int, Int)]? = nil) throws {
        (self.before, self.after) = (before, after)
        let others = Set(after.allPIDs)
        self.pairs = (pairs ?? before.allPIDs.filter(others.contains).map { ($0, $0) }).map {
            .init(before: $0.0, after: $0.1)
        }
        result = MemoryComparison(before: before, after: after).run(self.pairs)
        try expectMirror()
    }

    /// Opens folders or archives of `fixtures`.
    init(fixtures before: String, _ after: String, _ pairs: [(Int, Int)]? = nil) throws {
        try self.init(Checkpoint(fixture: before), Checkpoint(fixture: after), pairs)
    }

    /// What differs in the process with an id before.
    func process(_ pid: Int) throws -> MemoryDifference {
        result.processes[try #require(pairs.firstIndex { $0.before == pid })]
    }

    func sides(_ pid: Int) throws -> (before: ComparedMemory, after: ComparedMemory) {
        let pair = try #require(pairs.first { $0.before == pid })
        let sides = MemoryComparison(before: before, after: after).sides(pair)
        return (try #require(sides.before), try #require(sides.after))
    }

    /// The sides exchanged give the same, the other way round.
    private func expectMirror() throws {
        let swapped = pairs.map { MemoryComparison.Pair(before: $0.after, after: $0.before) }
        let mirror = MemoryComparison(before: after, after: before).run(swapped)
        #expect(mirror.processes.count == result.processes.count)
        for (one, other) in zip(result.processes, mirror.processes) {
            #expect(one.areas.map(AreaFacts.init) == other.areas.map { AreaFacts($0).mirrored })
            #expect(one.pages.map(PageFacts.init) == other.pages.map { PageFacts($0).mirrored })
            #expect(one.missing?.before == other.missing?.after && one.missing?.after == other.missing?.before)
        }
        let shared = result.shared.map { $0.pages.map(PageFacts.init) }
        let other = mirror.shared.map { $0.pages.map { PageFacts($0).mirrored } }
        #expect(shared.count == other.count && shared.allSatisfy(other.contains))
    }
}

/// An area's change, without the areas that it lies in.
struct AreaFacts: Equatable {
    var kind: AreaChange.Kind
    var differences: AreaChange.Differences = []
    var before: Range<UInt64>?
    var after: Range<UInt64>?
    var beforePages: UInt64 = 0
    var afterPages: UInt64 = 0

    init(_ change: AreaChange) {
        (kind, differences) = (change.kind, change.differences)
        (before, after) = (change.before, change.after)
        (beforePages, afterPages) = (change.beforePages.total, change.afterPages.total)
    }

    init(
        _ kind: AreaChange.Kind, _ before: Range<UInt64>?, _ after: Range<UInt64>?,
        _ differences: AreaChange.Differences = [], pages: (UInt64, UInt64) = (0, 0)
    ) {
        (self.kind, self.differences, self.before, self.after) = (kind, differences, before, after)
        (beforePages, afterPages) = pages
    }

    var mirrored: AreaFacts {
        let kinds: [AreaChange.Kind: AreaChange.Kind] = [
            .mapped: .unmapped, .unmapped: .mapped, .grown: .shrunk, .shrunk: .grown,
        ]
        return AreaFacts(kinds[kind] ?? kind, after, before, differences, pages: (afterPages, beforePages))
    }
}

/// A change of pages, as a test writes it.
struct PageFacts: Equatable {
    var before: Range<UInt64>
    var after: Range<UInt64>
    var kind: PageChange.Kind
    var cause: PageChange.Cause?

    init(_ change: PageChange) {
        (before, after, kind, cause) = (change.before, change.after, change.kind, change.cause)
    }

    init(
        _ after: Range<UInt64>, _ kind: PageChange.Kind, _ cause: PageChange.Cause? = nil, before: Range<UInt64>? = nil
    ) {
        (self.before, self.after, self.kind, self.cause) = (before ?? after, after, kind, cause)
    }

    var mirrored: PageFacts {
        let kind: PageChange.Kind =
            switch kind {
            case .modified: .modified
            case .appeared: .gone
            case .gone: .appeared
            case .unknown(.before, let reason): .unknown(.after, reason)
            case .unknown(.after, let reason): .unknown(.before, reason)
            case .unknown(.both, let reason): .unknown(.both, reason)
            }
        return PageFacts(before, kind, cause, before: after)
    }
}

extension Checkpoint {
    convenience init(fixture: String) throws {
        try self.init(path: FilePath(Scenario.fixtures.appending(path: fixture).path))
    }

    /// The ids of all processes, of a pre-dump too.
    var allPIDs: [Int] { pagesOnlyPIDs + (processes.value ?? []).map(\.pid) }
}

extension MemoryDifference {
    /// The addresses of all pages that changed in a way, each on its own.
    func pages(_ kind: PageChange.Kind, withoutCause: Bool = true) -> [UInt64] {
        pages.filter { $0.kind == kind && (!withoutCause || $0.cause == nil) }.flatMap { change in
            Array(stride(from: change.addresses.lowerBound, to: change.addresses.upperBound, by: Int(pageSize)))
        }
    }

    /// The addresses of all pages that changed for a reason of their own.
    func pages(because cause: PageChange.Cause) -> [UInt64] {
        pages.filter { $0.cause == cause }.flatMap { change in
            Array(stride(from: change.addresses.lowerBound, to: change.addresses.upperBound, by: Int(pageSize)))
        }
    }
}

func number(_ text: String) throws -> UInt64 {
    try #require(UInt64(text.dropFirst(2), radix: 16))
}
