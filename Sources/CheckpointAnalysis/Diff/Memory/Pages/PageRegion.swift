/// Addresses at which both sides have memory that is compared page by page.
struct PageRegion {
    /// The first address before.
    let before: UInt64
    /// The first address after.
    let after: UInt64
    let byteCount: UInt64
    /// What is known of that which both sides map.
    let ties: AreaRelation.Ties

    /// By which regions are put in order: the lowest address of either side.
    var start: UInt64 { min(before, after) }

    /// Regions, of which those that follow each other and are tied alike are joined.
    static func joined(_ regions: [PageRegion]) -> [PageRegion] {
        var result: [PageRegion] = []
        result.reserveCapacity(regions.count)
        for region in regions.sorted(by: { ($0.start, $0.before) < ($1.start, $1.before) }) where region.byteCount > 0 {
            if let last = result.last, last.ties == region.ties, last.before + last.byteCount == region.before,
                last.after + last.byteCount == region.after
            {
                result[result.count - 1] = PageRegion(
                    before: last.before, after: last.after, byteCount: last.byteCount + region.byteCount,
                    ties: last.ties)
            } else {
                result.append(region)
            }
        }
        return result
    }

    /// The regions of two lists of pages: all that either has. Each list is ascending and without overlaps.
    static func union(_ before: [Range<UInt64>], _ after: [Range<UInt64>]) -> [PageRegion] {
        merged(before + after).map {
            PageRegion(
                before: $0.lowerBound, after: $0.lowerBound, byteCount: $0.upperBound - $0.lowerBound, ties: .path)
        }
    }
}
