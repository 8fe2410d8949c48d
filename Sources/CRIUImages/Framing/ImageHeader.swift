/// What the first words of an image file tell.
public struct ImageHeader: Sendable, Equatable {
    /// The kind of image.
    public let kind: ImageKind
    /// The order of bytes in the framing words, payload words and page contents.
    public let byteOrder: ByteOrder
    /// Whether the file lacks the lead word that its kind has since images of version 1.1.
    public let isOldForm: Bool
    /// The offset of the first entry.
    public let entriesOffset: Int

    /// The lead word of most images.
    public static let commonLead: UInt32 = 0x5456_4319
    /// The lead word of images that serve CRIU itself: statistics and the inode cache.
    public static let serviceLead: UInt32 = 0x5510_5940
}
