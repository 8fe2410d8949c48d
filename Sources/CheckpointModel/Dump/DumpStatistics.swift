internal import CRIUImages

/// How a dump or pre-dump went, from `stats-dump`. Times are in microseconds.
public struct DumpStatistics: Sendable {
    /// How long it took to stop the processes.
    public let freezing: UInt32
    /// How long the processes stood still.
    public let frozen: UInt32
    /// How long it took to collect the memory.
    public let memoryDump: UInt32
    /// How long it took to write the memory.
    public let memoryWrite: UInt32
    /// How long it took to find the paths of watched files.
    public let watchResolving: Known<UInt32>
    /// Pages of private memory.
    public let pages: Pages
    /// Pages of shared memory; missing where CRIU did not count them yet.
    public let sharedPages: Known<Pages>
    /// Pages that were left behind, to be fetched on demand.
    public let lazyPages: UInt64
    /// Pipes that pages were collected in.
    public let pipes: Known<UInt64>
    /// Buffers in those pipes.
    public let pipeBuffers: Known<UInt64>
    /// Where it was read.
    public let origin: Origin

    /// What became of pages.
    public struct Pages: Sendable, Equatable {
        /// Pages that were looked at.
        public let scanned: UInt64
        /// Pages that were left out, as unchanged since the parent snapshot.
        public let inParent: UInt64
        /// Pages that were written.
        public let written: UInt64
    }
}

extension DumpStatistics {
    /// The statistics, or why there are none.
    static func load(_ library: ImageLibrary) -> Known<DumpStatistics> {
        library.record("stats-dump", StatsEntry.self).flatMap { entry in
            entry.dump.map { .value(DumpStatistics($0)) }
                ?? .missing(Absence(.notRecorded, "stats-dump is not of a dump"))
        }
    }

    private init(_ entry: DumpStatsEntry) {
        func field<Value>(_ name: String, _ value: Value?) -> Known<Value> {
            value.map { .value($0) } ?? .missing(Absence(.notRecorded, "stats-dump has no \(name)"))
        }
        freezing = entry.freezingTime
        frozen = entry.frozenTime
        memoryDump = entry.memdumpTime
        memoryWrite = entry.memwriteTime
        watchResolving = field("irmap_resolve", entry.irmapResolve)
        pages = Pages(
            scanned: entry.pagesScanned, inParent: entry.pagesSkippedParent, written: entry.pagesWritten)
        sharedPages = field("shpages_scanned", entry.shpagesScanned).flatMap { scanned in
            field("shpages_skipped_parent", entry.shpagesSkippedParent).flatMap { inParent in
                field("shpages_written", entry.shpagesWritten).map { written in
                    Pages(scanned: scanned, inParent: inParent, written: written)
                }
            }
        }
        lazyPages = entry.pagesLazy
        pipes = field("page_pipes", entry.pagePipes)
        pipeBuffers = field("page_pipe_bufs", entry.pagePipeBufs)
        origin = Origin("stats-dump", entry: 0)
    }
}
