internal import CRIUImages

/// Finds the namespaces of a checkpoint: those of the processes, those that descriptors lead to, and those that only have
/// images, such as network namespaces kept by a mount.
struct NamespaceLoader {
    private let library: ImageLibrary
    private let inventory: InventoryEntry?
    private let pids: [UInt32]
    private var found: [Key: Draft] = [:]
    private var order: [Key] = []

    private struct Key: Hashable {
        let kind: NamespaceKind
        let id: UInt32
    }

    private struct Draft {
        let origin: Origin
        var processes: [Int] = []
        var files: [UInt32] = []
    }

    /// - Parameter processes: Those that have not ended, in the order of the tree.
    init(_ library: ImageLibrary, _ processes: [Process]) {
        self.library = library
        inventory = library.record("inventory.img", InventoryEntry.self).value
        pids = processes.filter { $0.state.value?.hasEnded != true }.compactMap { UInt32(exactly: $0.pid) }
    }

    /// All namespaces, by kind, in the order in which the processes, descriptors and images name them.
    ///
    /// - Parameter descriptors: The descriptors of a process.
    func namespaces(descriptors: (Int) -> [Descriptor]) -> [Namespace] {
        var loader = self
        loader.addProcesses()
        loader.addFiles()
        loader.addImages()
        return loader.finished(descriptors)
    }

    private mutating func add(
        _ kind: NamespaceKind, _ id: UInt32, _ origin: Origin, _ change: (inout Draft) -> Void = { _ in }
    ) {
        let key = Key(kind: kind, id: id)
        if found[key] == nil { order.append(key) }
        change(&found[key, default: Draft(origin: origin)])
    }

    private mutating func addProcesses() {
        for pid in pids {
            guard let (ids, origin) = NamespaceLoader.ids(of: pid, library).value else { continue }
            for kind in NamespaceKind.allCases {
                guard let id = ids.namespace(kind) else { continue }
                add(kind, id, origin) { $0.processes.append(Int(pid)) }
            }
        }
    }

    private mutating func addFiles() {
        for (file, origin) in NamespaceLoader.files(library) {
            guard let kind = NamespaceKind.allCases.first(where: { $0.cloneFlag == file.nsCflag }) else {
                let detail =
                    "descriptor file \(file.id) is of a namespace of unknown kind 0x"
                    + String(file.nsCflag, radix: 16)
                library.note(
                    Problem(
                        image: origin.image, entry: origin.entry, offset: nil, code: "unknown-namespace", detail: detail
                    ))
                continue
            }
            add(kind, file.nsId, origin) { $0.files.append(file.id) }
        }
    }

    /// Adds what only has images. Number 0 is used where clocks of no time namespace are kept.
    private mutating func addImages() {
        guard inventory?.nsPerId == true else { return }
        for name in library.source.imageNames {
            for kind in NamespaceKind.allCases {
                guard let prefix = kind.imagePrefix, name.hasPrefix(prefix), name.hasSuffix(".img"),
                    let id = UInt32(name.dropFirst(prefix.count).dropLast(4)), id != 0
                else { continue }
                add(kind, id, Origin(name))
            }
        }
    }

    private func finished(_ descriptors: (Int) -> [Descriptor]) -> [Namespace] {
        var handles: [UInt32: [NamespaceHandle]] = [:]
        if found.values.contains(where: { !$0.files.isEmpty }) {
            for pid in pids {
                for descriptor in descriptors(Int(pid)) where descriptor.type == .namespace {
                    handles[descriptor.fileID, default: []].append(
                        NamespaceHandle(pid: Int(pid), descriptor: descriptor.number))
                }
            }
        }
        let first = pids.first.flatMap { NamespaceLoader.ids(of: $0, library).value?.ids }
        return NamespaceKind.allCases.flatMap { kind in
            order.filter { $0.kind == kind }.compactMap { key in
                found[key].map { namespace(key, $0, root: first?.namespace(kind), handles) }
            }
        }
    }

    private func namespace(
        _ key: Key, _ draft: Draft, root: UInt32?, _ handles: [UInt32: [NamespaceHandle]]
    ) -> Namespace {
        let isHost = inventory?.rootIds?.namespace(key.kind) == key.id
        return Namespace(
            kind: key.kind, id: key.id, standing: isHost ? .host : key.id == root ? .root : .nested,
            processes: draft.processes, handles: draft.files.flatMap { handles[$0] ?? [] }, origin: draft.origin,
            imageNumber: inventory?.nsPerId == true ? key.id : pids.first ?? key.id)
    }

    // MARK: What the images have

    /// The ids of the kernel objects of a process, and where they are.
    static func ids(of pid: UInt32, _ library: ImageLibrary) -> Known<(ids: TaskKobjIdsEntry, origin: Origin)> {
        let name = "ids-\(pid).img"
        if library.has(name) { return library.record(name, TaskKobjIdsEntry.self).map { ($0, Origin(name, entry: 0)) } }
        let core = "core-\(pid).img"
        return library.record(core, CoreEntry.self).flatMap { entry in
            guard let ids = entry.ids else { return .missing(Absence(.noImage, "\(name) is not there")) }
            return .value((ids, Origin(core, entry: 0)))
        }
    }

    /// The open files that are namespaces.
    private static func files(_ library: ImageLibrary) -> [(NsFileEntry, Origin)] {
        let new = library.records("files.img", FileEntry.self).value ?? []
        let old = library.records("ns-files.img", NsFileEntry.self).value ?? []
        return new.enumerated().compactMap { index, entry in
            entry.nsf.map { ($0, Origin("files.img", entry: index)) }
        } + old.enumerated().map { ($1, Origin("ns-files.img", entry: $0)) }
    }
}

extension TaskKobjIdsEntry {
    /// The id of the namespace of a kind; nil if the kernel had none of the kind, or CRIU did not know it.
    func namespace(_ kind: NamespaceKind) -> UInt32? {
        switch kind {
        case .pid: pidNsId
        case .mnt: mntNsId
        case .net: netNsId
        case .uts: utsNsId
        case .ipc: ipcNsId
        case .user: userNsId
        case .cgroup: cgroupNsId
        case .time: timeNsId
        }
    }
}
