/// The pages of a process whose areas are not known: all that a pre-dump has of it.
public struct PageSpace: Sendable {
    /// The process id.
    public let pid: Int
    /// The size of a page in bytes.
    public let pageSize: UInt64
    /// The addresses that the page map lists: ascending, and none begins where another ends. Of those between them nothing
    /// is known.
    public let listed: [Range<UInt64>]
    /// Why the list of pages ends early; nil if it does not.
    public let damage: Absence?
    let pages: PageReader

    init(pid: Int, pageSize: UInt64, _ pages: PageReader) {
        (self.pid, self.pageSize, self.pages) = (pid, pageSize, pages)
        damage = pages.levels.first?.damage
        var listed: [Range<UInt64>] = []
        for run in pages.levels.first?.runs ?? [] {
            let range = run.address..<run.end(pageSize)
            if let last = listed.last, last.upperBound == range.lowerBound {
                listed[listed.count - 1] = last.lowerBound..<range.upperBound
            } else if !range.isEmpty {
                listed.append(range)
            }
        }
        self.listed = listed
    }

    /// The stretch that begins at an address.
    ///
    /// - Parameters:
    ///   - address: The first address.
    ///   - end: Where the stretch ends at the latest; above `address`.
    /// - Returns: The stretch, or nil if the page map does not list the address.
    /// - Complexity: Logarithmic in the number of page runs, for each snapshot that it takes.
    public func stretch(at address: UInt64, before end: UInt64) -> MemoryStretch? {
        let own = pages.stretch(at: address, before: end)
        if case .unlisted = own.place { return nil }
        return own.stretch(address..<own.end) { .image(snapshot: $0, name: $1, offset: $2) }
    }
}
