/// A page map as its image has it: every entry, right or wrong, and how large the pages image is that it leads to.
public struct PageMapImage: Sendable {
    /// The name of its image; `parent/` stands before names of the snapshot that the dump builds on.
    public let image: String
    /// How many snapshots are between the dump and it: 0 for the dump itself.
    public let level: Int
    /// Whose pages they are.
    public let owner: Owner
    /// The name of the pages image; nil if the head of the page map cannot be read.
    public let pagesImage: String?
    /// The size of the pages image in bytes; missing if it is not there.
    public let pagesByteCount: Known<UInt64>
    /// The size of a page in bytes.
    public let pageSize: UInt64
    /// The entries that can be read, in the order of the image.
    public let entries: [Entry]

    /// Whose pages a page map lists.
    public enum Owner: Sendable, Hashable {
        /// A process; its id.
        case process(Int)
        /// A shared memory object; its number.
        case sharedMemory(UInt64)
    }

    /// An entry.
    public struct Entry: Sendable {
        /// Its place in the image, counted from 0; the head is 0.
        public let index: Int
        /// The address of the first page.
        public let address: UInt64
        /// How many pages.
        public let pageCount: UInt64
        /// Where its pages are said to be.
        public let place: Place
        /// How many bytes its pages take in the pages image, at most what 64 bits can count; 0 if they are elsewhere.
        public let storedByteCount: UInt64

        /// The address after the last page, at most the largest.
        public func end(_ pageSize: UInt64) -> UInt64 { address.addingCapped(pageCount.multipliedCapped(pageSize)) }
    }

    /// Where pages are said to be.
    public enum Place: Sendable, Hashable {
        /// In the pages image.
        case image
        /// In the snapshot that the dump builds on.
        case parent
        /// Left behind, to be fetched later.
        case lazy
        /// Nowhere: the flags name no place.
        case nowhere
    }

    /// How many bytes all pages take in the pages image, at most what 64 bits can count.
    public var storedByteCount: UInt64 { entries.reduce(0) { $0.addingCapped($1.storedByteCount) } }
}
