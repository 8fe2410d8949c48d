/// How memory is gone through.
enum Window {
    /// How many bytes are read between two returns of memory to the kernel.
    static let releaseSize = 4 << 20
}
