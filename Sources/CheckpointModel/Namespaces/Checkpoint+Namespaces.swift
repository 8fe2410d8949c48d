public import EvidenceText

internal import CRIUImages

extension Checkpoint {
    /// Every namespace that the images know, by kind, in the order of the processes. Read once.
    public var namespaces: [Namespace] {
        memo.value {
            let loader = NamespaceLoader(library, processes.value ?? [])
            // A pre-dump has no processes, and no list of files either.
            let files = processes.value == nil ? [] : files
            return NamespaceList(list: loader.namespaces(files) { uses(of: $0) })
        }.list
    }

    /// The names of a UTS namespace.
    public func hostNames(of namespace: Namespace) -> Known<HostNames> {
        record(of: namespace, .uts, UtsnsEntry.self).map { entry, origin in
            HostNames(hostName: entry.nodename, domainName: entry.domainname, origin: origin)
        }
    }

    /// What the clocks of a time namespace showed; those of the machine, if the processes had no other.
    public func clocks(of namespace: Namespace) -> Known<ClockReadings> {
        let reading = { (time: Timespec) in
            TimeValue(seconds: time.tvSec, nanoseconds: time.tvNsec)
        }
        let readings = { (entry: TimensEntry, origin: Origin) in
            ClockReadings(monotonic: reading(entry.monotonic), boottime: reading(entry.boottime), origin: origin)
        }
        if namespace.kind == .time, namespace.standing == .host {
            return library.record("timens-0.img", TimensEntry.self).map {
                readings($0, Origin("timens-0.img", entry: 0))
            }
        }
        return record(of: namespace, .time, TimensEntry.self).map(readings)
    }

    /// The id maps of a user namespace.
    public func identityMaps(of namespace: Namespace) -> Known<IdentityMaps> {
        let range = { (extent: UidGidExtent) in
            IdentityMaps.Range(inside: extent.first, outside: extent.lowerFirst, count: extent.count)
        }
        return record(of: namespace, .user, UsernsEntry.self).map { entry, origin in
            IdentityMaps(users: entry.uidMap.map(range), groups: entry.gidMap.map(range), origin: origin)
        }
    }

    /// The id maps of the user namespace that a process is in; missing if its ids are those of the host.
    public func identityMaps(of process: Process) -> Known<IdentityMaps> {
        let maps = namespaces.first { $0.kind == .user && $0.processes.contains(process.pid) }.map {
            identityMaps(of: $0)
        }
        return maps ?? .missing(Absence(.notRecorded, "the images do not name the user namespace of the process"))
    }

    /// The key of a PID or network namespace that the restorer has to supply; missing if it is not such a one.
    public func externalKey(of namespace: Namespace) -> Known<ByteText> {
        let key: Known<ByteText?>
        switch namespace.kind {
        case .pid where library.has(namespace.imageName("pidns-")):
            key = record(of: namespace, .pid, PidnsEntry.self).map { entry, _ in entry.extKey }
        case .net: key = record(of: namespace, .net, NetnsEntry.self).map { entry, _ in entry.extKey }
        default: key = .value(nil)
        }
        return key.flatMap { key in
            key.map { .value($0) } ?? .missing(Absence(.notApplicable, "the namespace is not an external one"))
        }
    }

    /// The first entry of the image of a namespace, and where it is.
    func record<Record: ImageRecord>(
        of namespace: Namespace, _ kind: NamespaceKind, _ type: Record.Type
    ) -> Known<(Record, Origin)> {
        guard namespace.kind == kind, let prefix = kind.imagePrefix else {
            return .missing(Absence(.notApplicable, "a \(namespace.kind.title) namespace has none"))
        }
        if let absence = namespace.hostAbsence { return .missing(absence) }
        let name = namespace.imageName(prefix)
        return library.needed(name, type).map { ($0, Origin(name, entry: 0)) }
    }
}

/// The type under which the memo keeps the namespaces.
private struct NamespaceList: Sendable {
    let list: [Namespace]
}
