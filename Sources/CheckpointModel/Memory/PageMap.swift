internal import CRIUImages

/// The pages of an address space or of a shared memory object that a dump wrote: a page map and its pages image.
struct PageMap: Sendable {
    /// The runs, by ascending address; they do not overlap.
    let runs: [PageRun]
    /// The size of a page in bytes.
    let pageSize: UInt64
    /// The name of the pages image.
    let pagesName: String
    /// The pages image, or why it cannot be read.
    let pages: Known<DeferredBytes>
    /// The runs were cut short by damage.
    let damage: Absence?

    /// The run that covers an address; nil if none does. Logarithmic in the number of runs.
    func run(at address: UInt64) -> PageRun? {
        guard let run = runs(from: address).first, run.address <= address else { return nil }
        return address - run.address < run.byteCount(pageSize) ? run : nil
    }

    /// The runs from the last one that begins at or before an address on, or all. Logarithmic in the number of runs.
    func runs(from address: UInt64) -> ArraySlice<PageRun> {
        var low = 0
        var high = runs.count
        while low < high {
            let middle = (low + high) / 2
            if runs[middle].address > address { high = middle } else { low = middle + 1 }
        }
        return runs[max(low - 1, 0)...]
    }
}

extension PageRun {
    /// How many bytes the pages are; a count that no address space has room for is cut.
    func byteCount(_ pageSize: UInt64) -> UInt64 {
        let (product, overflow) = pageCount.multipliedReportingOverflow(by: pageSize)
        return overflow ? UInt64.max - address : min(product, UInt64.max - address)
    }

    /// The address after the last page.
    func end(_ pageSize: UInt64) -> UInt64 { address + byteCount(pageSize) }
}
