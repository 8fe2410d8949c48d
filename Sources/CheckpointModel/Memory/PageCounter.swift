/// Counts the pages of areas by sums over the runs, so that each area takes time logarithmic in the number of runs.
struct PageCounter {
    private let runs: [PageRun]
    private let pageSize: UInt64
    /// The pages of all runs before each run, and behind the last.
    private var sums: [PageCounts] = [PageCounts()]

    /// - Parameter runs: By ascending address, without overlaps.
    init(_ runs: [PageRun], _ pageSize: UInt64) {
        self.runs = runs
        self.pageSize = pageSize
        sums.reserveCapacity(runs.count + 1)
        for run in runs {
            var sum = sums[sums.count - 1]
            sum.add(run.byteCount(pageSize) / pageSize, run.location)
            sums.append(sum)
        }
    }

    /// The pages in an area.
    func pages(in area: Range<UInt64>) -> PageCounts {
        var counts = pages(before: area.upperBound)
        let before = pages(before: area.lowerBound)
        counts.present -= before.present
        counts.parent -= before.parent
        counts.lazy -= before.lazy
        counts.lost -= before.lost
        return counts
    }

    private func pages(before address: UInt64) -> PageCounts {
        var low = 0
        var high = runs.count
        while low < high {
            let middle = (low + high) / 2
            if runs[middle].end(pageSize) <= address { low = middle + 1 } else { high = middle }
        }
        var counts = sums[low]
        if low < runs.count, runs[low].address < address {
            counts.add((address - runs[low].address) / pageSize, runs[low].location)
        }
        return counts
    }
}

extension PageCounts {
    /// Counts pages that are at a place.
    mutating func add(_ count: UInt64, _ location: PageRun.Location) {
        switch location {
        case .image, .hole, .compressed: present += count
        case .parent: parent += count
        case .lazy: lazy += count
        case .lost: lost += count
        }
    }
}
