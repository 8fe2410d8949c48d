/// How many pages of an area are where.
public struct PageCounts: Sendable, Equatable {
    /// In this dump's pages image.
    public var present: UInt64 = 0
    /// In a parent snapshot.
    public var parent: UInt64 = 0
    /// Left behind when dumping, to be fetched later.
    public var lazy: UInt64 = 0
    /// In the page map, but nowhere in the images.
    public var lost: UInt64 = 0

    /// No pages.
    public init() {}

    /// All of them; at most what 64 bits can count.
    public var total: UInt64 { present.addingCapped(parent).addingCapped(lazy).addingCapped(lost) }

    /// How many bytes of the pages are held; at most what 64 bits can count.
    ///
    /// - Parameters:
    ///   - pageSize: The size of a page in bytes.
    ///   - hasParents: Whether the parent snapshots can be read.
    public func heldBytes(pageSize: UInt64, hasParents: Bool = true) -> UInt64 {
        (hasParents ? present.addingCapped(parent) : present).multipliedCapped(pageSize)
    }

    /// Adds the counts of another area. Areas of a hostile image can overlap, so that the sum is capped.
    public static func += (left: inout PageCounts, right: PageCounts) {
        left.present = left.present.addingCapped(right.present)
        left.parent = left.parent.addingCapped(right.parent)
        left.lazy = left.lazy.addingCapped(right.lazy)
        left.lost = left.lost.addingCapped(right.lost)
    }
}
