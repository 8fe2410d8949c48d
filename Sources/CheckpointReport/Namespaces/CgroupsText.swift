public import CheckpointModel
public import EvidenceText

/// Prints the cgroups: for each path, in the order of the tree, the hierarchies that have it, with who is in it and the
/// settings that are not the usual ones.
public struct CgroupsText {
    private let table: CgroupTable
    private let pids: Set<Int>
    /// Whether all processes are shown, and with them cgroups that nobody is in.
    private let isWhole: Bool
    private let out: OutputBuffer
    private let style: TextStyle

    /// Prints the cgroups that any of some processes is in; if all are asked for, those that nobody is in as well.
    public static func write(
        _ checkpoint: Checkpoint, _ processes: [Process], to out: OutputBuffer, _ style: TextStyle
    ) {
        switch checkpoint.cgroups {
        case .missing(let absence): writeAbsence(absence, to: out, style)
        case .value(let table):
            let isWhole = processes.count == checkpoint.processes.value?.count ?? 0
            CgroupsText(table: table, pids: Set(processes.map(\.pid)), isWhole: isWhole, out: out, style: style).write()
        }
    }

    private func write() {
        let (host, lost) = (members(table.threadsOfHostSet), members(table.threadsWithoutSet))
        if !host.isEmpty {
            writeLine("in the cgroups of who dumped, which are not in the images: \(host)", .faint, to: out, style)
        }
        if !lost.isEmpty { writeLine("in cgroups that the images do not name: \(lost)", .warning, to: out, style) }
        for place in CgroupPlace.all(table) { write(place) }
        writeSets()
    }

    private func members(_ threads: [CgroupSet.Member]) -> String { CgroupMembers(threads, of: pids).text }

    private func write(_ place: CgroupPlace) {
        guard isWhole || place.entries.contains(where: { entry in entry.threads.contains { pids.contains($0.pid) } })
        else {
            return
        }
        out.append("\n")
        writeLine(place.path.forTerminal, .heading, to: out, style)
        var rows = Table([
            .init(title: "CONTROLLERS"), .init(title: "PROCESSES", mayBeCut: true), .init(title: "SETTINGS"),
        ])
        for entry in place.entries {
            let inside = members(entry.threads)
            rows.add([
                .init(entry.controllers, .name), .init(inside.isEmpty ? "-" : inside), .init(entry.group.settingsText),
            ])
        }
        rows.write(to: out, style)
    }

    private func writeSets() {
        // Outside of a cgroup namespace they see the paths as they are.
        let sets = table.sets.filter { set in
            set.threads.contains { pids.contains($0.pid) } && set.memberships.contains { $0.hiddenPrefix > 0 }
        }
        guard !sets.isEmpty else { return }
        out.append("\n")
        writeLine("as the processes saw it in /proc/self/cgroup", .heading, to: out, style)
        var rows = Table([
            .init(title: "PROCESSES", mayBeCut: true), .init(title: "CGROUP"), .init(title: "CONTROLLERS"),
        ])
        for paths in CgroupView.all(sets) {
            rows.add([.init(members(paths.threads)), .init(paths.path, .name), .init(paths.controllers)])
        }
        rows.write(to: out, style)
    }
}
