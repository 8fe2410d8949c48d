internal import EvidenceText

/// What an image says of one open file, whatever its type.
struct FileFacts {
    let id: UInt32
    let type: FileType
    var flags: UInt32?
    var position: UInt64?
    var mode: UInt32?
    /// The target, where the type alone makes it.
    var target: ByteText?
    /// The path, as the image has it.
    var path: ByteText?
    /// The id of the regular file that has the path.
    var pathFileID: UInt32?
    /// The `inode_id` of a memfd.
    var memfdInode: UInt32?
    /// The id of a namespace in the images.
    var namespaceID: UInt32?
    var isDeleted = false
    var socket: Socket?
    var raw = RawFileFacts()

    init(id: UInt32, type: FileType) {
        self.id = id
        self.type = type
    }
}
