/// Where an entry is.
public struct EntryPlace: Sendable, Equatable {
    /// Its place in the image, counted from 0.
    public let index: Int
    /// The offset of its size word.
    public let offset: Int

    /// Names a place that a cursor was at.
    public init(index: Int, offset: Int) { (self.index, self.offset) = (index, offset) }
}
