public import EvidenceText

/// The memory behind a memfd. Several open files may refer to it.
public struct MemoryFile: Sendable, Equatable {
    /// By which number the images refer to it.
    public let inodeID: UInt64
    /// What memfd.img says of it; missing if it does not.
    public let inode: Known<Inode>

    /// The memory itself.
    public struct Inode: Sendable, Equatable {
        /// The name given to `memfd_create`; `/dev/zero` for shared anonymous memory that CRIU recorded this way.
        public let name: ByteText
        /// The size in bytes.
        public let size: UInt64
        /// What `F_ADD_SEALS` forbade.
        public let seals: UInt32
        /// `MFD_HUGETLB` and the size of its huge pages; nil with ordinary pages.
        public let hugePageFlags: UInt32?
        /// The type and permission bits, as `st_mode`; nil in old images.
        public let mode: UInt32?
        /// The owner, an id inside the user namespace.
        public let userID: UInt32
        /// The owning group, an id inside the user namespace.
        public let groupID: UInt32
        /// The number of the shared memory that has the content.
        public let sharedMemoryID: UInt32
        /// Where it was read.
        public let origin: Origin

        /// Whether it is not a memfd of the program but shared anonymous memory (`MAP_SHARED | MAP_ANONYMOUS`).
        public var isAnonymousMapping: Bool { name == "/dev/zero" }

        /// The names of the seals, unknown bits last in hexadecimal.
        public var sealNames: [String] { Inode.sealTable.names(seals) }

        /// The size of the huge pages in bytes; nil with ordinary pages, 0 for the size that the system chose.
        public var hugePageSize: UInt64? {
            hugePageFlags.map { flags in
                let exponent = flags >> 26 & 0x3F
                return exponent == 0 ? 0 : 1 << UInt64(exponent)
            }
        }

        private static let sealTable = BitNames([
            (0x1, "F_SEAL_SEAL"), (0x2, "F_SEAL_SHRINK"), (0x4, "F_SEAL_GROW"), (0x8, "F_SEAL_WRITE"),
            (0x10, "F_SEAL_FUTURE_WRITE"), (0x20, "F_SEAL_EXEC"),
        ])
    }
}
