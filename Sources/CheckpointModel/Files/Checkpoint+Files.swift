internal import CRIUImages

extension Checkpoint {
    /// All open and mapped files, in the order of the images. Read once.
    public var files: [OpenFile] { fileTable.all }

    /// A file that the images refer to. Constant time.
    public func file(_ reference: FileReference) -> Known<OpenFile> {
        fileTable.file(reference.type, reference.id)
    }

    /// What a file is open for: its descriptors, and if it has none why the images list it.
    ///
    /// - Complexity: Reads the descriptors and memory areas of all processes the first time, then constant.
    public func uses(of file: FileReference) -> [FileUse] { fileUses.uses(of: file) }

    /// The file behind a descriptor of a process; nil if it has no such descriptor. Cost as ``uses(of:)``.
    public func file(pid: Int, descriptor: UInt32) -> FileReference? {
        fileUses.file(pid: pid, descriptor: descriptor)
    }

    /// The file that an epoll instance watches: that of the descriptor with the number, in a process that has the
    /// instance, if the image's inode number and offset do not speak against it.
    public func target(of watch: EventPoll.Target, in file: FileReference) -> FileReference? {
        for case .descriptor(let pid, _) in uses(of: file) {
            if let found = self.file(pid: pid, descriptor: watch.descriptor) { return found }
        }
        return nil
    }

    /// Where a deleted file is; nil if its path still leads to it. Constant time.
    public func remap(of file: OpenFile) -> FileRemap? {
        switch file.detail {
        case .path: remaps[file.id]
        case .pipe(let end): end.pathFileID.flatMap { remaps[$0] }
        case .terminal(let terminal): terminal.pathFileID.flatMap { remaps[$0] }
        default: nil
        }
    }

    /// The deleted files that are stored with their content, by number. Read once.
    public var ghosts: [GhostFile] {
        memo.value { Ghosts(list: GhostLoader(library, fileTable, remaps).load()) }.list
    }

    /// A deleted file by the number of its image; nil if it is not there. Logarithmic.
    public func ghost(_ number: UInt32) -> GhostFile? {
        let all = ghosts
        let place = all.partitioningIndex { $0.number >= number }
        return place < all.count && all[place].number == number ? all[place] : nil
    }

    /// The pipes, named ones last. Read once.
    public var pipes: [Pipe] { pipeTable.list }

    /// The pipe that a file is an end of. Constant time.
    public func pipe(of end: PipeEnd) -> Pipe? { pipeTable.pipe(end) }

    /// The locks and leases, in the order of the image. Read once.
    public var locks: [FileLock] { lockTable.list }

    /// The locks and leases that a process holds through a descriptor. Constant time.
    public func locks(pid: Int, descriptor: UInt32) -> [FileLock] {
        (lockTable.places[FileUses.DescriptorKey(pid: pid, number: descriptor)] ?? []).map { lockTable.list[$0] }
    }

    /// A file by its id alone, as messages in queues name those that were sent with them. Constant time.
    public func file(inFlight id: UInt32) -> OpenFile? { fileTable.anyFile(id) }

    /// What a BPF map held; missing if the images do not have it.
    public func content(of map: BPFMap) -> Known<BPFMapContent> {
        .recorded(
            memo.value { BPFContents(byID: BPFMapContent.load(library)) }.byID[map.id],
            "bpfmap-data.img does not have map \(map.id)")
    }

    var fileUses: FileUses { memo.value { FileUses(self) } }

    /// Where deleted files are, by the ids of their files.
    var remaps: [UInt32: FileRemap] {
        memo.value {
            let entries = fileRemaps.lazy.map { (id: $0.file, value: $0.place, origin: $0.origin) }
            return Remaps(byFile: library.unique(entries, by: "orig_id"))
        }.byFile
    }

    private var lockTable: LockTable { memo.value { LockTable(FileLock.load(library)) } }

    private var pipeTable: PipeTable { memo.value { PipeTable(Pipe.load(library, fileTable)) } }
}

/// The types under which the memo keeps lists.
private struct Ghosts: Sendable { let list: [GhostFile] }
private struct Remaps: Sendable { let byFile: [UInt32: FileRemap] }
private struct BPFContents: Sendable { let byID: [UInt32: BPFMapContent] }

/// The locks in their order, and by descriptor.
private struct LockTable: Sendable {
    let list: [FileLock]
    let places: [FileUses.DescriptorKey: [Int]]

    init(_ list: [FileLock]) {
        self.list = list
        places = Dictionary(
            grouping: list.indices, by: { FileUses.DescriptorKey(pid: list[$0].pid, number: list[$0].descriptor) })
    }
}

/// The pipes in their order, and by number.
private struct PipeTable: Sendable {
    let list: [Pipe]
    private let places: [[UInt32: Int]]

    init(_ list: [Pipe]) {
        self.list = list
        places = [false, true].map { isNamed in
            let ids = list.enumerated().filter { $0.element.isNamed == isNamed }.map { ($0.element.id, $0.offset) }
            return Dictionary(ids, uniquingKeysWith: { first, _ in first })
        }
    }

    func pipe(_ end: PipeEnd) -> Pipe? { places[end.isNamed ? 1 : 0][end.pipeID].map { list[$0] } }
}

extension Array {
    /// The first place from which on a condition holds, which holds for all after it. Logarithmic.
    func partitioningIndex(_ condition: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if condition(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
