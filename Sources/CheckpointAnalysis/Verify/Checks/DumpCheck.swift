internal import CheckpointModel

/// Whether the images are of one dump, and whether namespaces, mounts, control groups and shared memory hang together.
struct DumpCheck {
    private let checkpoint: Checkpoint
    private let set: ImageSet
    private let list: FindingList

    init(_ checkpoint: Checkpoint, _ set: ImageSet, _ list: FindingList) {
        (self.checkpoint, self.set, self.list) = (checkpoint, set, list)
    }

    func run() {
        checkVersion()
        checkTimes()
        guard checkpoint.processes.value != nil else { return }
        checkSharedMemory()
        checkNamespaces()
        checkCgroups()
    }

    /// CRIU leaves the version of a pre-dump at 0.
    private func checkVersion() {
        guard let inventory = checkpoint.inventory.value else { return }
        let known = set.has("pstree.img") ? 1...2 : 0...2 as ClosedRange<UInt32>
        if !known.contains(inventory.imageVersion) {
            list.add(.unknownVersion, inventory.origin, "version \(inventory.imageVersion)")
        }
    }

    // MARK: Times

    private static let oneHour: Int64 = 3600

    private func checkTimes() {
        for (_, images) in Dictionary(grouping: set.all, by: \.level).sorted(by: { $0.key < $1.key }) {
            let times = images.compactMap(\.modified).sorted()
            guard let middle = times.isEmpty ? nil : times[times.count / 2] else { continue }
            for image in images {
                guard let time = image.modified else { continue }
                let (apart, overflow) = time.subtractingReportingOverflow(middle)
                if overflow || apart.magnitude > DumpCheck.oneHour.magnitude {
                    list.add(.timesApart, image.name, "\(apart) seconds from the middle one")
                }
            }
        }
    }

    // MARK: Shared memory

    private func checkSharedMemory() {
        let objects = checkpoint.sharedMemory
        for object in objects where object.pages.absence?.reason == .noImage {
            let image = "pagemap-shmem-\(object.id).img"
            list.add(
                .noSharedPages, object.origin.image, entry: object.origin.entry, missing: image, "\(image) is not there"
            )
        }
        let known = Set(objects.map(\.id))
        for (image, number) in set.numbered("pagemap-shmem-") where !known.contains(number) {
            list.add(.sharedUnclaimed, image.name, "no shared memory has the number \(number)")
        }
    }

    // MARK: Namespaces

    private func checkNamespaces() {
        var mountIDs: Set<Int32> = []
        var areAllKnown = true
        for namespace in checkpoint.namespaces {
            if namespace.processes.isEmpty && namespace.handles.isEmpty {
                list.add(.namespaceUnclaimed, namespace.origin, "namespace \(namespace.id)")
            }
            guard let mounts = checkpoint.mounts(of: namespace).value else {
                areAllKnown = areAllKnown && namespace.kind != .mnt
                continue
            }
            mountIDs.formUnion(mounts.map { Int32(truncatingIfNeeded: $0.id) })
            for mount in mounts.filter({ $0.depth == 0 }).sorted(by: DumpCheck.comesFirst).dropLast() {
                list.add(.mountOrphan, mount.origin, "mount \(mount.id) is on mount \(mount.parentID)")
            }
        }
        if areAllKnown && !mountIDs.isEmpty { checkMounts(ofFiles: mountIDs) }
    }

    /// Files of mounts that are not dumped, since CRIU was in their namespace, have ids that no image tells of.
    private func checkMounts(ofFiles mountIDs: Set<Int32>) {
        for file in checkpoint.files {
            guard case .path(let path) = file.detail, let id = path.mountID, !path.isExternal, !mountIDs.contains(id)
            else { continue }
            list.add(.noMount, file.origin, "file \(file.id) is on mount \(id)")
        }
    }

    /// The root of a namespace is the first mount that the kernel lists, and CRIU writes them in reverse.
    private static func comesFirst(_ left: Mount, _ right: Mount) -> Bool {
        (left.origin.entry ?? 0) < (right.origin.entry ?? 0)
    }

    private func checkCgroups() {
        guard let image = set["cgroup.img"], image.isWhole, image.kind == "CGROUP" else { return }
        for process in checkpoint.processes.value ?? [] {
            for thread in checkpoint.threads(of: process) where thread.cgroups.absence?.reason == .damaged {
                list.add(.noCgroup, thread.origin, thread.cgroups.absence?.detail ?? "")
            }
        }
    }
}
