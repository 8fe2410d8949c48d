internal import CRIUImages

/// Who has which file open, and why the images list those that nobody has.
struct FileUses: Sendable {
    private var uses: [FileReference: [FileUse]] = [:]
    private var descriptors: [DescriptorKey: FileReference] = [:]

    struct DescriptorKey: Hashable {
        let pid: Int
        let number: UInt32
    }

    /// What a file is open for, descriptors first. Constant time.
    func uses(of file: FileReference) -> [FileUse] { uses[file] ?? [] }

    /// The file behind a descriptor of a process. Constant time.
    func file(pid: Int, descriptor: UInt32) -> FileReference? {
        descriptors[DescriptorKey(pid: pid, number: descriptor)]
    }

    mutating func add(_ use: FileUse, to file: FileReference) {
        uses[file, default: []].append(use)
        guard case .descriptor(let pid, let number) = use else { return }
        descriptors[DescriptorKey(pid: pid, number: number)] = file
    }
}

extension FileUses {
    /// Looks through the descriptors, directories and memory of all processes, and through queues and remaps.
    init(_ checkpoint: Checkpoint) {
        let processes = (checkpoint.processes.value ?? []).filter { $0.state.value?.hasEnded != true }
        for process in processes {
            for descriptor in checkpoint.descriptors(of: process).value ?? [] {
                add(.descriptor(pid: process.pid, number: descriptor.number), to: descriptor.reference)
            }
        }
        for process in processes { addPlaces(of: process, checkpoint.library, checkpoint.fileTable) }
        addReferences(checkpoint.fileTable)
        for packet in checkpoint.queuedPackets {
            for id in packet.rights {
                guard let file = checkpoint.fileTable.anyFile(id) else { continue }
                add(.inFlight(socket: packet.receiver), to: file.reference)
            }
        }
        for (file, remap) in checkpoint.remaps.sorted(by: { $0.key < $1.key }) {
            guard case .link(let link) = remap else { continue }
            add(.linkRemap(of: file), to: FileReference(type: .regular, id: link))
        }
    }

    private mutating func addPlaces(of process: Process, _ library: ImageLibrary, _ files: FileTable) {
        let pid = process.pid
        if let memory = library.record("mm-\(pid).img", MmEntry.self).value {
            add(.executable(pid: pid), to: FileReference(type: .regular, id: memory.exeFileId))
            addMappings(of: memory, pid, files)
        }
        if let places = library.record("fs-\(pid).img", FsEntry.self).value {
            add(.currentDirectory(pid: pid), to: FileReference(type: .regular, id: places.cwdId))
            add(.rootDirectory(pid: pid), to: FileReference(type: .regular, id: places.rootId))
        }
    }

    private mutating func addMappings(of memory: MmEntry, _ pid: Int, _ files: FileTable) {
        var seen: Set<FileReference> = []
        for area in memory.vmas where SegmentStatus(rawValue: area.status).mapsFile {
            guard let file = files.mappedFile(area.shmid).value?.reference, seen.insert(file).inserted else { continue }
            add(.mapping(pid: pid), to: file)
        }
    }

    private mutating func addReferences(_ files: FileTable) {
        var externals: [UInt32: FileReference] = [:]
        for file in files.all {
            switch file.detail {
            case .pipe(let end):
                end.pathFileID.map { add(.path(of: file.reference), to: FileReference(type: .regular, id: $0)) }
            case .terminal(let terminal):
                terminal.pathFileID.map { add(.path(of: file.reference), to: FileReference(type: .regular, id: $0)) }
            case .tun: add(.path(of: file.reference), to: FileReference(type: .regular, id: file.id))
            case .socket(let socket):
                guard case .unix(let unix) = socket.specifics, unix.isExternal, let inode = socket.inode else { break }
                externals[inode] = file.reference
            default: break
            }
        }
        for file in files.all {
            guard let peer = file.socket?.peerInode, let external = externals[peer] else { continue }
            add(.externalPeer(of: file.id), to: external)
        }
    }
}
