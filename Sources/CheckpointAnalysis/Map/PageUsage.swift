/// How many pages of an area are where. A page counts where its first byte is.
public struct PageUsage: Sendable, Equatable {
    /// In this dump.
    public var present: UInt64 = 0
    /// In parent snapshots.
    public var parent: UInt64 = 0
    /// In the images of an object that processes can share.
    public var shared: UInt64 = 0
    /// In a file: the image of a deleted one, or one outside of the images.
    public var file: UInt64 = 0
    /// Of those that are there, the ones that hold only zeros.
    public var zero: UInt64 = 0
    /// Of those that are there, the ones in holes of pages images: zeros that a copy stored sparsely, or superseded by a
    /// newer dump.
    public var inHoles: UInt64 = 0
    /// Left behind when dumping, to be fetched later.
    public var lazy: UInt64 = 0
    /// Not there: unchanged pages of files.
    public var cleanFile: UInt64 = 0
    /// Not there: never written, so that the process read zeros.
    public var untouched: UInt64 = 0
    /// Not there: memory of a device or the kernel.
    public var notDumped: UInt64 = 0
    /// Not there: guard regions.
    public var guardRegion: UInt64 = 0
    /// Not there, though images should have them.
    public var lost: UInt64 = 0

    /// No pages.
    public init() {}

    /// How many can be read.
    public var readable: UInt64 { present &+ parent &+ shared &+ file }

    /// How many are absent, the ones to be fetched later left out.
    public var absent: UInt64 { cleanFile &+ untouched &+ notDumped &+ guardRegion &+ lost }

    /// The counts of both. Areas that are seen never overlap, so that no sum exceeds the pages of 64 bits of addresses.
    public static func + (left: PageUsage, right: PageUsage) -> PageUsage {
        var sum = PageUsage()
        for field in fields { sum[keyPath: field] = left[keyPath: field] &+ right[keyPath: field] }
        return sum
    }

    private static var fields: [WritableKeyPath<PageUsage, UInt64>] {
        [
            \.present, \.parent, \.shared, \.file, \.zero, \.lazy, \.cleanFile, \.untouched, \.notDumped, \.guardRegion,
            \.inHoles, \.lost,
        ]
    }
}
