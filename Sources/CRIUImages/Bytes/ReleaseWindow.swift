/// Gives bytes that a reader has passed back to the kernel, a few MiB at a time.
public struct ReleaseWindow {
    private let bytes: ImageBytes
    private var released: Int

    /// How much is read between two returns of memory.
    public static let size = 4 << 20

    /// Begins at an offset.
    public init(_ bytes: ImageBytes, from offset: Int) {
        self.bytes = bytes
        self.released = offset
    }

    /// Notes that everything before an offset has been read.
    public mutating func advance(to offset: Int) {
        guard offset - released > ReleaseWindow.size else { return }
        bytes.release(released..<offset)
        released = offset
    }
}
