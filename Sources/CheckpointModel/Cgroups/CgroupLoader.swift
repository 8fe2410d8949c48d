internal import CRIUImages
internal import EvidenceText

/// Reads cgroup.img, and which threads are in which cgroups.
struct CgroupLoader {
    private let library: ImageLibrary
    private static let image = "cgroup.img"

    init(_ library: ImageLibrary) {
        self.library = library
    }

    func table(_ processes: [Process]) -> Known<CgroupTable> {
        library.record(CgroupLoader.image, CgroupEntry.self).map { entry in
            let rootSet = library.record("inventory.img", InventoryEntry.self).value?.rootCgSet
            let known = Set(entry.sets.map(\.id))
            var members: [UInt32: [CgroupSet.Member]] = [:]
            var outside: [CgroupSet.Member] = []
            var lost: [CgroupSet.Member] = []
            for (member, set) in threadSets(processes) {
                if let set, known.contains(set) {
                    members[set, default: []].append(member)
                } else if set != nil, set == rootSet {
                    outside.append(member)
                } else {
                    lost.append(member)
                }
            }
            return CgroupTable(
                hierarchies: entry.controllers.map(hierarchy), sets: entry.sets.map { set($0, take($0.id, &members)) },
                threadsOfHostSet: outside, threadsWithoutSet: lost)
        }
    }

    /// The set of each thread. Old images have one for all threads of a process, newer ones one for each.
    private func threadSets(_ processes: [Process]) -> [(CgroupSet.Member, UInt32?)] {
        processes.filter { $0.state.value?.hasEnded != true }.flatMap { process in
            var ofProcess: UInt32?
            return process.threads.map { thread in
                let core = library.record("core-\(thread.id).img", CoreEntry.self).value
                ofProcess = core?.tc?.cgSet ?? ofProcess
                return (
                    CgroupSet.Member(pid: process.pid, tid: thread.id), core?.threadCore?.cgSet ?? ofProcess
                )
            }
        }
    }

    /// The threads of a set, which the first of two sets with one number gets.
    private func take(_ id: UInt32, _ members: inout [UInt32: [CgroupSet.Member]]) -> [CgroupSet.Member] {
        members.removeValue(forKey: id) ?? []
    }

    private func set(_ entry: CgSetEntry, _ threads: [CgroupSet.Member]) -> CgroupSet {
        CgroupSet(
            id: entry.id,
            memberships: entry.ctls.map(CgroupMembership.init), threads: threads,
            origin: Origin(CgroupLoader.image, entry: 0))
    }

    private func hierarchy(_ entry: CgControllerEntry) -> CgroupHierarchy {
        CgroupHierarchy(
            controllers: entry.cnames,
            isThreaded: entry.isThreaded.map { .value($0) }
                ?? .missing(Absence(.notRecorded, "cgroup.img does not tell")),
            groups: groups(entry.dirs), origin: Origin(CgroupLoader.image, entry: 0))
    }

    /// The tree in a row. It is no deeper than messages are decoded.
    private func groups(_ entries: [CgroupDirEntry]) -> [Cgroup] {
        var groups: [Cgroup] = []
        var pending = entries.reversed().map { (entry: $0, above: [UInt8](), depth: 0) }
        while let (entry, above, depth) = pending.popLast() {
            let path = joined(above, entry.dirName)
            groups.append(
                Cgroup(
                    path: path, depth: depth, properties: entry.properties.map(property),
                    permissions: permissions(entry.dirPerms)))
            pending += entry.children.reversed().map { ($0, path.bytes, depth + 1) }
        }
        return groups
    }

    /// The topmost names are paths, with or without a slash at the beginning; those below are single names.
    private func joined(_ above: [UInt8], _ name: ByteText) -> ByteText {
        let slash = UInt8(ascii: "/")
        let name = Array(name.bytes.drop { $0 == slash })
        return ByteText(above.last == slash ? above + name : above + [slash] + name)
    }

    private func property(_ entry: CgroupPropEntry) -> Cgroup.Property {
        let property = Cgroup.Property(name: entry.name, value: entry.value, permissions: permissions(entry.perms))
        guard property.isStateBeforeFreezing else { return property }
        // CRIU allocates this property itself and never sets them (criu/cgroup.c, create_cgroup_prop).
        let absence = Absence(.notRecorded, "CRIU writes stray bytes in place of the permissions of freezer.state")
        return Cgroup.Property(name: property.name, value: property.value, permissions: .missing(absence))
    }

    private func permissions(_ entry: CgroupPerms?) -> Known<Cgroup.Permissions> {
        entry.map { .value(Cgroup.Permissions(mode: $0.mode, user: $0.uid, group: $0.gid)) }
            ?? .missing(Absence(.notRecorded, "cgroup.img does not have the permissions"))
    }
}

extension Checkpoint {
    /// The cgroups of the processes. Read once.
    public var cgroups: Known<CgroupTable> {
        memo.value { CgroupLoader(library).table(processes.value ?? []) }
    }
}
