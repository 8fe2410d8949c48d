internal import CRIUImages
internal import EvidenceText

/// What other images say of open files: which are deleted, and what is behind memfds.
struct FileContext {
    private let deleted: Set<UInt32>
    private let memfds: [UInt64: MemoryFile.Inode]
    /// The order of bytes of the machine that was dumped.
    let byteOrder: ByteOrder

    init(_ library: ImageLibrary) {
        let remaps = library.records("remap-fpath.img", RemapFilePathEntry.self).value ?? []
        deleted = Set(remaps.map(\.origId))
        memfds = MemoryFile.Inode.load(library)
        byteOrder = library.byteOrder
    }

    /// Makes an open file of its facts.
    ///
    /// - Parameter regular: The files opened by path, to which terminals and FIFOs refer.
    func file(_ facts: FileFacts, regular: [UInt32: FileFacts]) -> OpenFile {
        let named = facts.pathFileID.flatMap { regular[$0] } ?? facts
        let isDeleted = facts.isDeleted || deleted.contains(named.id) && named.type == .regular
        return OpenFile(
            id: facts.id, type: facts.type, target: target(facts, named, isDeleted: isDeleted),
            flags: known(facts.flags ?? named.flags, "flags"),
            position: known(facts.position ?? named.position, "offset"), mode: mode(facts, named),
            isDeleted: isDeleted || facts.type == .memfd, detail: detail(facts), owner: owner(facts, named),
            origin: facts.origin, raw: facts.raw)
    }

    private func known<Value>(_ value: Value?, _ what: String) -> Known<Value> {
        .recorded(value, "the images do not have the \(what)")
    }

    private func mode(_ facts: FileFacts, _ named: FileFacts) -> Known<UInt32> {
        let memfd = facts.memfdInode.flatMap { memfds[UInt64($0)]?.mode }
        return known(facts.mode ?? named.mode ?? memfd, "mode")
    }

    private func owner(_ facts: FileFacts, _ named: FileFacts) -> Known<FileOwner> {
        guard facts.recordsOwner || named.recordsOwner else {
            return .missing(Absence(.notRecorded, "CRIU does not record the owner of such files"))
        }
        let owner = facts.recordsOwner ? facts.owner : named.owner
        return owner.map { .value($0) } ?? .missing(Absence(.notApplicable, "the file signals nobody"))
    }

    private func detail(_ facts: FileFacts) -> FileDetail {
        if let id = facts.memfdInode { return .memfd(MemoryFile(inodeID: UInt64(id), inode: memfd(id))) }
        if case .socket(let socket) = facts.detail, byteOrder == .big { return .socket(socket.swapped) }
        return facts.detail
    }

    private func memfd(_ id: UInt32) -> Known<MemoryFile.Inode> {
        .recorded(memfds[UInt64(id)], "memfd.img does not have inode \(id)")
    }

    private func target(_ facts: FileFacts, _ named: FileFacts, isDeleted: Bool) -> Known<ByteText> {
        if let target = facts.target { return .value(target) }
        if let id = facts.memfdInode { return memfd(id).map(\.targetName) }
        if let path = named.path { return .value(isDeleted ? ByteText(path.bytes + Array(" (deleted)".utf8)) : path) }
        return .missing(Absence(.notRecorded, "the images do not have the name"))
    }
}

extension MemoryFile.Inode {
    /// The inodes of memfd.img by the numbers that files refer to.
    static func load(_ library: ImageLibrary) -> [UInt64: MemoryFile.Inode] {
        let entries = library.records("memfd.img", MemfdInodeEntry.self).value ?? []
        let inodes = entries.enumerated().map { index, entry in
            let origin = Origin("memfd.img", entry: index)
            return (id: entry.inodeId, value: MemoryFile.Inode(entry, origin), origin: origin)
        }
        return library.unique(inodes, by: "inode_id")
    }

    private init(_ entry: MemfdInodeEntry, _ origin: Origin) {
        self.init(
            name: entry.name, size: entry.size, seals: entry.seals, hugePageFlags: entry.hugetlbFlag,
            mode: entry.mode, userID: entry.uid, groupID: entry.gid, sharedMemoryID: entry.shmid, origin: origin)
    }

    /// As the kernel names it. Shared anonymous memory is recorded as a memfd of its own name.
    var targetName: ByteText {
        let prefix = isAnonymousMapping ? "" : "/memfd:"
        return ByteText(Array(prefix.utf8) + name.bytes + Array(" (deleted)".utf8))
    }
}
