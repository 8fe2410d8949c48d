internal import CRIUImages
internal import EvidenceText

/// What other images say of open files: which are deleted, and the names of memfds.
struct FileContext {
    private let deleted: Set<UInt32>
    private let memfds: [UInt64: MemfdInodeEntry]
    private let isBigEndian: Bool

    init(_ library: ImageLibrary) {
        let remaps = library.records("remap-fpath.img", RemapFilePathEntry.self).value ?? []
        deleted = Set(remaps.map(\.origId))
        let inodes = library.records("memfd.img", MemfdInodeEntry.self).value ?? []
        memfds = Dictionary(inodes.map { ($0.inodeId, $0) }, uniquingKeysWith: { first, _ in first })
        isBigEndian = library.image("inventory.img").value?.header.byteOrder == .big
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
            position: known(facts.position ?? named.position, "offset"),
            mode: mode(facts, named), isDeleted: isDeleted || facts.type == .memfd,
            socket: isBigEndian ? facts.socket?.swapped : facts.socket, raw: facts.raw)
    }

    private func known<Value>(_ value: Value?, _ what: String) -> Known<Value> {
        value.map { .value($0) } ?? .missing(Absence(.notRecorded, "the images do not have the \(what)"))
    }

    private func mode(_ facts: FileFacts, _ named: FileFacts) -> Known<UInt32> {
        let memfd = facts.memfdInode.flatMap { memfds[UInt64($0)]?.mode }
        return known(facts.mode ?? named.mode ?? memfd, "mode")
    }

    private func target(_ facts: FileFacts, _ named: FileFacts, isDeleted: Bool) -> Known<ByteText> {
        if let target = facts.target { return .value(target) }
        if let inode = facts.memfdInode { return memfdTarget(inode) }
        if let path = named.path { return .value(isDeleted ? ByteText(path.bytes + Array(" (deleted)".utf8)) : path) }
        return .missing(Absence(.notRecorded, "the images do not have the name"))
    }

    /// As the kernel names a memfd. Shared anonymous memory is recorded as a memfd of its own name.
    private func memfdTarget(_ inode: UInt32) -> Known<ByteText> {
        guard let memfd = memfds[UInt64(inode)] else {
            return .missing(Absence(.notRecorded, "memfd.img does not have inode \(inode)"))
        }
        let prefix = memfd.name == "/dev/zero" ? "" : "/memfd:"
        return .value(ByteText(Array(prefix.utf8) + memfd.name.bytes + Array(" (deleted)".utf8)))
    }
}

extension Socket {
    /// The same socket read on a machine of the other byte order.
    fileprivate var swapped: Socket {
        Socket(
            family: family, type: type,
            networkProtocol: family == 17 ? networkProtocol.map(swappedProtocol) : networkProtocol, state: state,
            inode: inode, local: local.swapped, remote: remote.swapped, peerInode: peerInode)
    }
}
