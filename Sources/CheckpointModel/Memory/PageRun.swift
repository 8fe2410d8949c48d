/// Consecutive pages of one address space that are stored in one way.
public struct PageRun: Sendable, Equatable {
    /// The address of the first page.
    public let address: UInt64
    /// How many pages.
    public let pageCount: UInt64
    /// Where the pages are.
    public let location: Location
    /// Whether the run before it is of the same entry of the page map, which was divided at a hole of the pages image.
    public internal(set) var isContinuation = false

    /// Where pages are.
    public enum Location: Sendable, Equatable {
        /// In the pages image, from a byte offset on.
        case image(offset: UInt64)
        /// In the pages image, in compressed blocks.
        case compressed(CompressedPages)
        /// In the parent snapshot.
        case parent
        /// Left behind when dumping, to be fetched later: nowhere in the images.
        case lazy
        /// In a hole of the pages image, from a byte offset on: zeros as it is. CRIU writes pages of zeros as data, but copies
        /// make holes of them (`cp --sparse`, `git checkout`). It also makes holes itself, of pages that a newer dump or a
        /// restore made needless (`criu dedup`, `--auto-dedup`), and leaves them in the page map. Which it was cannot be
        /// told.
        case hole(offset: UInt64)
        /// Nowhere, though the page map has them: the pages image is missing or too short, or the flags name no place.
        case lost
    }
}
