internal import CRIUImages

/// The holes of a pages image, each a whole number of pages.
struct PageHoles {
    private let holes: [Range<UInt64>]
    private let pageSize: UInt64

    /// - Parameters:
    ///   - holes: By ascending offset, without overlaps. CRIU gives up whole pages: a hole in a part of one is of a copy that
    ///     stored zeros sparsely, and left out.
    ///   - pageSize: The size of a page in bytes.
    init(_ holes: [Range<Int>], _ pageSize: UInt64) {
        self.pageSize = pageSize
        self.holes = holes.compactMap { hole in
            let first = (UInt64(hole.lowerBound) + pageSize - 1) / pageSize * pageSize
            let end = UInt64(hole.upperBound) / pageSize * pageSize
            return first < end ? first..<end : nil
        }
    }

    /// A run as it is, or divided where the holes are, if its pages are in the pages image as they are.
    ///
    /// - Complexity: Logarithmic in the number of holes, and linear in that of those in the run.
    func divide(_ run: PageRun) -> [PageRun] {
        // Behind compressed pages others do not begin where a hole could.
        guard !holes.isEmpty, case .image(let start) = run.location, start % pageSize == 0 else { return [run] }
        let end = start.addingCapped(run.pageCount.multipliedCapped(pageSize))
        var parts: [PageRun] = []
        var place = start
        func add(to limit: UInt64, _ location: PageRun.Location) {
            guard limit > place else { return }
            let address = run.address.addingCapped(place - start)
            let count = (limit - place) / pageSize
            parts.append(
                PageRun(address: address, pageCount: count, location: location, isContinuation: !parts.isEmpty))
            place = limit
        }
        for hole in holes[holes.partitioningIndex { $0.upperBound > start }...] {
            guard hole.lowerBound < end else { break }
            add(to: hole.lowerBound, .image(offset: place))
            add(to: min(hole.upperBound, end), .hole(offset: place))
        }
        add(to: end, .image(offset: place))
        return parts
    }
}
