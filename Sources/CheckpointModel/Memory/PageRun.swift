/// Consecutive pages of one address space that are stored in one way.
public struct PageRun: Sendable, Equatable {
    /// The address of the first page.
    public let address: UInt64
    /// How many pages.
    public let pageCount: UInt64
    /// Where the pages are.
    public let location: Location

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
        /// Nowhere, though the page map has them: the pages image is missing or too short, or the flags name no place.
        case lost
    }
}
