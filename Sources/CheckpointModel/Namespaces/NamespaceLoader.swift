internal import CRIUImages

/// Finds the namespaces of a checkpoint: those of the processes, those that descriptors lead to, and those that only have
/// images, such as network namespaces kept by a mount.
struct NamespaceLoader {
    private let library: ImageLibrary
    private let inventory: InventoryEntry?
    private let processes: [Process]
    private var found: [Key: Draft] = [:]
    private var order: [Key] = []

    private struct Key: Hashable {
        let kind: NamespaceKind
        let id: UInt32
    }

    private struct Draft {
        let origin: Origin
        var processes: [Int] = []
        var handles: [NamespaceHandle] = []
    }

    /// - Parameter processes: Those that have not ended, in the order of the tree.
    init(_ library: ImageLibrary, _ processes: [Process]) {
        self.library = library
        inventory = library.record("inventory.img", InventoryEntry.self).value
        self.processes = processes.filter { $0.state.value?.hasEnded != true }
    }

    /// All namespaces, by kind, in the order in which the processes, descriptors and images name them.
    ///
    /// - Parameters:
    ///   - files: The open files.
    ///   - uses: What a file is open for.
    func namespaces(_ files: [OpenFile], uses: (FileReference) -> [FileUse]) -> [Namespace] {
        var loader = self
        loader.addProcesses()
        for file in files {
            if case .namespace(let namespace) = file.detail { loader.add(file, namespace, uses(file.reference)) }
        }
        loader.addImages()
        return loader.finished()
    }

    private mutating func add(
        _ kind: NamespaceKind, _ id: UInt32, _ origin: Origin, _ change: (inout Draft) -> Void = { _ in }
    ) {
        let key = Key(kind: kind, id: id)
        if found[key] == nil { order.append(key) }
        change(&found[key, default: Draft(origin: origin)])
    }

    private mutating func addProcesses() {
        for process in processes {
            guard let ids = process.ids.objects.value else { continue }
            let own = "ids-\(process.pid).img"
            let origin = Origin(library.has(own) ? own : "core-\(process.pid).img", entry: 0)
            for kind in NamespaceKind.allCases {
                guard let id = ids.namespace(kind) else { continue }
                add(kind, id, origin) { $0.processes.append(process.pid) }
            }
        }
    }

    private mutating func add(_ file: OpenFile, _ namespace: NamespaceFile, _ uses: [FileUse]) {
        guard let kind = NamespaceKind.allCases.first(where: { $0.cloneFlag == namespace.kindFlag }) else {
            let detail = "file \(file.id) is a namespace of the unknown kind \(hexadecimal(UInt64(namespace.kindFlag)))"
            library.note(
                Problem(
                    image: file.origin.image, entry: file.origin.entry, offset: nil, code: "unknown-namespace",
                    detail: detail))
            return
        }
        let handles = uses.compactMap { use -> NamespaceHandle? in
            guard case .descriptor(let pid, let number) = use else { return nil }
            return NamespaceHandle(pid: pid, descriptor: number)
        }
        add(kind, namespace.id, file.origin) { $0.handles += handles }
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

    private func finished() -> [Namespace] {
        let first = processes.first?.ids.objects.value
        return NamespaceKind.allCases.flatMap { kind in
            order.filter { $0.kind == kind }.compactMap { key in
                found[key].map { namespace(key, $0, root: first?.namespace(kind)) }
            }
        }
    }

    private func namespace(_ key: Key, _ draft: Draft, root: UInt32?) -> Namespace {
        let isHost = inventory?.rootIds?.namespace(key.kind) == key.id
        return Namespace(
            kind: key.kind, id: key.id, standing: isHost ? .host : key.id == root ? .root : .nested,
            processes: draft.processes, handles: draft.handles, origin: draft.origin,
            imageNumber: inventory?.nsPerId == true ? key.id : firstPID ?? key.id)
    }

    /// The number that very old versions of CRIU named images of namespaces by.
    private var firstPID: UInt32? { processes.first.flatMap { UInt32(exactly: $0.pid) } }
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
