public import SystemPackage

/// How a checkpoint is opened.
public struct OpenOptions: Sendable {
    /// Where large members of compressed archives are unpacked, into files without names; nil for `TMPDIR`, or /tmp.
    public var spoolFolder: FilePath?
    /// Which container of several; nil if there is only one.
    public var container: String?
    /// How many bytes an archive may unpack to; nil for 64 GiB, or 256 times the size of the archive if that is more.
    public var unpackedLimit: UInt64?
    /// Told, many times a second, how far the reading of a compressed archive has come.
    public var progress: (@Sendable (Progress) -> Void)?

    /// How far the reading of a compressed archive has come.
    public struct Progress: Sendable {
        /// Whether large contents are unpacked, and not only the archive looked through.
        public let isUnpacking: Bool
        /// How many of the packed bytes have been read.
        public let done: Int
        /// How many packed bytes there are.
        public let total: Int
    }

    /// The options of somebody who has none.
    public init() {}
}

/// What all sources of one checkpoint share.
struct SourceContext: Sendable {
    var options = OpenOptions()
    var limits = UnpackLimits()

    /// How much an archive of a size may unpack to.
    func unpackedLimit(of size: Int) -> Int {
        options.unpackedLimit.map { Int(clamping: $0) } ?? limits.unpacked(from: size)
    }
}

/// How much of a compressed archive is kept where, and how much is too much.
struct UnpackLimits: Sendable {
    /// Members up to this size are kept in memory when the archive is looked through.
    var smallMember = 1 << 20
    /// How much is kept in memory in all; what is more goes to a temporary file.
    var memory = 32 << 20
    /// Images up to this size, page images aside, go to a temporary file when the archive is looked through.
    var image = 64 << 20
    /// How much of the pages with arguments and environments is kept in memory.
    var arguments = 64 << 20
    /// How many bytes an archive may unpack to, whatever its own size.
    var unpacked = 64 << 30
    /// How many times its own size an archive may unpack to, if that is more.
    var ratio = 256
    /// How much memory headers may take, whatever the size of the archive.
    var headers = 256 << 20

    /// How much an archive of a size may unpack to.
    func unpacked(from size: Int) -> Int {
        let (product, overflow) = size.multipliedReportingOverflow(by: ratio)
        return overflow ? .max : max(unpacked, product)
    }

    /// How much memory the headers of an archive of a size may take.
    func headers(for size: Int) -> Int { headers + min(size, Int.max / 16) * 8 }
}
