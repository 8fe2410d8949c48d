internal import CheckpointModel

/// Counts pages of page maps, to be held against the statistics of the dump.
struct StatisticsCheck {
    private let list: FindingList
    private var own = Counts()
    private var shared = Counts()

    private struct Counts {
        var written: UInt64 = 0
        var inParent: UInt64 = 0
    }

    init(_ list: FindingList) { self.list = list }

    /// Counts the pages of a page map of the dump.
    mutating func count(_ map: PageMapImage) {
        guard map.level == 0 else { return }
        var counts = Counts()
        for entry in map.entries {
            switch entry.place {
            case .image: counts.written = sum(counts.written, entry.pageCount)
            case .parent: counts.inParent = sum(counts.inParent, entry.pageCount)
            case .lazy, .nowhere: break
            }
        }
        switch map.owner {
        case .process:
            own = Counts(written: sum(own.written, counts.written), inParent: sum(own.inParent, counts.inParent))
        case .sharedMemory:
            shared = Counts(
                written: sum(shared.written, counts.written), inParent: sum(shared.inParent, counts.inParent))
        }
    }

    private func sum(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let (sum, overflow) = left.addingReportingOverflow(right)
        return overflow ? .max : sum
    }

    /// Compares what was counted, if all page maps could be read.
    func compare(with statistics: DumpStatistics, _ set: ImageSet) {
        let lacking: Set<VerificationRule> = [.noPageMap, .noSharedPages, .noTree, .noMemory]
        let maps = set.own.filter { $0.baseName.hasPrefix("pagemap-") }
        guard maps.allSatisfy(\.isWhole), !list.findings.contains(where: { lacking.contains($0.rule) }) else { return }
        compare(statistics.pages, own, "process", statistics)
        if let pages = statistics.sharedPages.value { compare(pages, shared, "shared memory", statistics) }
    }

    private func compare(
        _ told: DumpStatistics.Pages, _ found: Counts, _ what: String, _ statistics: DumpStatistics
    ) {
        if told.written != found.written {
            list.add(
                .pagesWritten, statistics.origin, "\(told.written) pages of \(what), but \(found.written) are listed")
        }
        if told.inParent != found.inParent {
            list.add(
                .pagesInParent, statistics.origin, "\(told.inParent) pages of \(what), but \(found.inParent) are listed"
            )
        }
    }
}
