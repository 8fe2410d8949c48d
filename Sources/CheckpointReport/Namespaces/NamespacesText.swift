import CheckpointModel
public import EvidenceText

/// Prints the namespaces of a checkpoint: what they are, who is in them, and the small things that they hold.
public struct NamespacesText {
    private let selection: NamespaceSelection
    private var checkpoint: Checkpoint { selection.checkpoint }

    /// Prints a table of the namespaces, and the id maps of user namespaces.
    public static func write(_ selection: NamespaceSelection, to out: OutputBuffer, _ style: TextStyle) {
        let text = NamespacesText(selection: selection)
        if selection.namespaces.isEmpty { return writeLine("no image names a namespace", .faint, to: out, style) }
        text.table.write(to: out, style)
        for namespace in selection.namespaces(.user) {
            guard let maps = text.checkpoint.identityMaps(of: namespace).value else { continue }
            out.append("\n")
            writeLine("ids of user namespace \(namespace.id)", .heading, to: out, style)
            text.table(maps).write(to: out, style)
        }
    }

    private var table: Table {
        var table = Table([
            .init(title: "KIND"), .init(title: "ID", isRightAligned: true), .init(title: "STANDING"),
            .init(title: "DETAILS", mayBeCut: true), .init(title: "PROCESSES"),
        ])
        for namespace in selection.namespaces {
            table.add([
                .init(namespace.kind.rawValue, .name), .init(String(namespace.id)),
                .init(namespace.standing.rawValue, namespace.standing == .host ? .faint : nil),
                .init(details(namespace)), .init(holders(namespace)),
            ])
        }
        return table
    }

    private func holders(_ namespace: Namespace) -> String {
        let handles = namespace.handles.map { "\($0.pid)/fd/\($0.descriptor)" }
        let open = handles.isEmpty ? [] : ["open as " + handles.joined(separator: ", ")]
        return ((namespace.processes.isEmpty ? [] : [numberRanges(namespace.processes)]) + open).joined(separator: "; ")
    }

    private func details(_ namespace: Namespace) -> String {
        switch namespace.kind {
        case .uts:
            known(checkpoint.hostNames(of: namespace), namespace) { names in
                "host \(names.hostName.forTerminal), domain \(names.domainName.forTerminal)"
            }
        case .time:
            known(checkpoint.clocks(of: namespace), namespace) { clocks in
                "monotonic \(secondsText(clocks.monotonic)), boottime \(secondsText(clocks.boottime))"
            }
        case .user:
            known(checkpoint.identityMaps(of: namespace), namespace) { maps in
                "\(counted(maps.users.count, "uid range")), \(counted(maps.groups.count, "gid range"))"
            }
        case .mnt: known(checkpoint.mounts(of: namespace), namespace) { counted($0.count, "mount") }
        case .net: networkDetails(namespace)
        case .ipc: known(checkpoint.ipcObjects(of: namespace), namespace, ipcDetails)
        case .pid: checkpoint.externalKey(of: namespace).value.map { "external " + $0.forTerminal } ?? ""
        case .cgroup: ""
        }
    }

    private func known<Value>(_ value: Known<Value>, _ namespace: Namespace, _ text: (Value) -> String) -> String {
        switch value {
        case .value(let value): text(value)
        case .missing(let absence): namespace.standing == .host ? "" : "? (\(reasonText(absence)))"
        }
    }

    private func networkDetails(_ namespace: Namespace) -> String {
        if let key = checkpoint.externalKey(of: namespace).value { return "external " + key.forTerminal }
        return known(checkpoint.network(of: namespace), namespace) { network in
            network.devices.value.map { counted($0.count, "device") } ?? "no devices in the images"
        }
    }

    private func ipcDetails(_ objects: IPCObjects) -> String {
        let counts = [
            (objects.queues.value?.count, "queue"), (objects.semaphores.value?.count, "semaphore set"),
            (objects.segments.value?.count, "segment"),
        ]
        let parts = counts.compactMap { count, noun in count.flatMap { $0 > 0 ? counted($0, noun) : nil } }
        return parts.isEmpty ? "nothing in it" : parts.joined(separator: ", ")
    }

    private func table(_ maps: IdentityMaps) -> Table {
        var table = Table([
            .init(title: "OF"), .init(title: "INSIDE", isRightAligned: true),
            .init(title: "OUTSIDE", isRightAligned: true), .init(title: "COUNT", isRightAligned: true),
        ])
        for (name, ranges) in [("users", maps.users), ("groups", maps.groups)] {
            for range in ranges {
                table.add([
                    .init(name), .init(String(range.inside)), .init(String(range.outside)), .init(String(range.count)),
                ])
            }
        }
        return table
    }
}
