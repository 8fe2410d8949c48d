public import EvidenceText

internal import CRIUImages

/// How the kernel finds a file without its path (`name_to_handle_at`), and the path where the image has it.
public struct FileHandle: Sendable, Equatable {
    /// The sort of handle, which each file system defines for itself.
    public let type: UInt32
    /// The bytes of the handle.
    public let bytes: [UInt8]
    /// The path that CRIU found; missing if the handle alone was enough.
    public let path: Known<ByteText>
    /// The id of the mount that the path is on; nil if it is not known.
    public let mountID: UInt32?

    init(_ entry: FhEntry, _ order: ByteOrder) {
        type = entry.type
        let words = entry.handle.flatMap { word in
            (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(order == .little ? $0 * 8 : 56 - $0 * 8)) }
        }
        bytes = Array(words.prefix(Int(clamping: entry.bytes)))
        path = entry.path.map { .value($0) } ?? .missing(Absence(.notRecorded, "the image has a file handle, no path"))
        mountID = entry.mntId
    }
}
