public import EvidenceText

/// What an image says of a file that was opened by path.
public struct PathFile: Sendable, Equatable {
    /// The path in its mount namespace; of a deleted file the last known one; of an external file the key by which a
    /// restorer finds it.
    public let path: ByteText
    /// The id of the mount in the mount image; nil if no mount namespace was dumped.
    public let mountID: Int32?
    /// The size in bytes; missing for files that CRIU does not check, such as devices.
    public let size: Known<UInt64>
    /// Whether the restorer has to supply the file.
    public let isExternal: Bool
    /// The build id of an ELF file, with which debug symbols are found; empty if it has none.
    public let buildID: [UInt8]
    /// The CRC32C of the content, which only older versions of CRIU write.
    public let checksum: UInt32?

    /// Whether CRIU made the name when it dumped: the hard link that keeps an unlinked file reachable.
    public var isLinkRemap: Bool {
        let name = path.bytes.split(separator: 0x2F).last ?? []
        return name.starts(with: Array("link_remap.".utf8))
    }
}
