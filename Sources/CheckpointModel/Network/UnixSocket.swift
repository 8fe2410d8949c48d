public import EvidenceText

internal import CRIUImages

/// What is particular to a Unix socket.
public struct UnixSocket: Sendable, Equatable {
    /// CRIU's marks on it.
    public let marks: UInt32
    /// The directory that a relative path of its address starts from; nil for other addresses.
    public let directory: ByteText?
    /// Whether the file of its address was deleted.
    public let isFileDeleted: Bool
    /// Owner and permissions of the file of its address; nil if it is not bound to a path.
    public let permissions: Permissions?
    /// The id of the mount of the file of its address; nil if it is not known.
    public let mountID: Int32?

    /// Owner and permissions of the file that a socket is bound to.
    public struct Permissions: Sendable, Equatable {
        /// The type and permission bits, as `st_mode`.
        public let mode: UInt32
        /// The owner, an id inside the user namespace.
        public let userID: UInt32
        /// The owning group, an id inside the user namespace.
        public let groupID: UInt32
    }

    /// Whether it is not of the dump but the peer of a socket of it, outside.
    public var isExternal: Bool { marks & 1 != 0 }

    /// The names of CRIU's marks, unknown bits last in hexadecimal.
    public var markNames: [String] { UnixSocket.names.names(marks) }

    private static let names = BitNames([(1, "external"), (2, "criu-service"), (4, "plugin"), (8, "inherited")])
}

extension UnixSocket {
    init(_ entry: UnixSkEntry) {
        self.init(
            marks: entry.uflags, directory: entry.nameDir, isFileDeleted: entry.deleted == true,
            permissions: entry.filePerms.map { Permissions(mode: $0.mode, userID: $0.uid, groupID: $0.gid) },
            mountID: entry.mntId == -1 ? nil : entry.mntId)
    }
}
