internal import CRIUImages
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
    var isDeleted = false
    var detail = FileDetail.unknown
    /// Whom the file signals: nil if the image has no place for it, or if there is nobody.
    var owner: FileOwner?
    var recordsOwner = false
    var raw = RawFileFacts()
    var origin = Origin("files.img")

    init(id: UInt32, type: FileType) {
        self.id = id
        self.type = type
    }

    init(id: UInt32, type: FileType, _ owner: FownEntry, _ detail: FileDetail) {
        self.init(id: id, type: type)
        self.detail = detail
        self.owner = FileOwner(owner)
        recordsOwner = true
    }
}
