import CheckpointAnalysis
import CheckpointModel
import EvidenceText

extension PageSubject {
    /// How many pages differ.
    var count: UInt64 { change.pageCount(pageSize: pageSize) }

    /// What calls a function with each range of bytes that differ; nil if the bytes of a side cannot be asked for, or if it
    /// cannot be told whether they differ.
    var differences: (((ByteDifference) -> Void) -> Void)? {
        guard let before = sides.before, let after = sides.after else { return nil }
        if case .unknown = change.kind { return nil }
        return { body in
            change.forEachDifference(before, after) { difference in
                body(difference)
                return true
            }
        }
    }

    /// The area that the pages are in.
    var area: MemorySegment? {
        sides.after?.area(at: change.after.lowerBound) ?? sides.before?.area(at: change.before.lowerBound)
    }
}

extension DifferenceSubject {
    /// The pages that differ; nil if it is something else.
    var pages: PageSubject? {
        guard case .pages(let pages) = self else { return nil }
        return pages
    }

    /// The addresses, or the offsets in something shared; those before, if there are none after.
    var addresses: Range<UInt64>? {
        switch self {
        case .area(let area): area.change.after ?? area.change.before
        case .pages(let pages): pages.change.kind == .gone ? pages.change.before : pages.change.after
        default: nil
        }
    }

    /// The first address before, if it was another.
    var otherStart: UInt64? {
        switch self {
        case .area(let area):
            if let before = area.change.before, let after = area.change.after, before.lowerBound != after.lowerBound {
                before.lowerBound
            } else {
                nil
            }
        case .pages(let pages): pages.change.isMoved ? pages.change.before.lowerBound : nil
        default: nil
        }
    }

    /// The area that it is or lies in, as it is after.
    var area: MemorySegment? {
        switch self {
        case .area(let area): area.change.afterArea ?? area.change.beforeArea
        case .pages(let pages): pages.area
        default: nil
        }
    }

    /// What differs of an area; nil if it came or went.
    var areaDifferences: [String]? {
        guard case .area(let area) = self, !area.change.differences.isEmpty else { return nil }
        return area.change.differences.names
    }

    /// The name of the shared memory or deleted file.
    var sharedName: ByteText? {
        switch self {
        case .pages(let pages): pages.object?.name
        case .sharedObject(let object): object.name
        default: nil
        }
    }
}

extension SharedDifference.Subject {
    /// The name of the memory, or the path of the file.
    var name: ByteText {
        switch self {
        case .memory(let before, let after): (after ?? before)?.name ?? "?"
        case .deletedFile(let before, let after): (after ?? before)?.path.value ?? "?"
        }
    }
}
