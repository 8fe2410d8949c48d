import CheckpointModel
import EvidenceText

/// What a container wrote: changes of its root file system, volumes, /dev/shm.
struct FileSections {
    private let checkpoint: Checkpoint
    private let lines: LabelledLines

    init(_ checkpoint: Checkpoint, _ lines: LabelledLines) {
        self.checkpoint = checkpoint
        self.lines = lines
    }

    func write() {
        writeChanges()
        for volume in checkpoint.volumes { writeMembers("volume \(volume.name.forTerminal)", volume.files) }
        let shared = checkpoint.sharedMemoryFiles
        if shared.absence?.reason != .noImage { writeMembers("/dev/shm", shared) }
    }

    private func writeChanges() {
        switch checkpoint.fileSystemChanges {
        case .missing(let absence):
            // Without an engine nobody would expect any.
            guard checkpoint.container.value != nil else { return }
            lines.heading("changes of the root file system")
            lines.item("none recorded: " + ByteText(absence.detail).forTerminal)
        case .value(let changes):
            lines.heading("changes of the root file system: " + changes.summary)
            var table = FileSections.table(hasChanges: true)
            for change in changes.changes { table.add(row(change)) }
            table.write(to: lines.out, lines.style)
            for absence in [changes.writtenAbsence, changes.deletedAbsence].compactMap({ $0 }) {
                // A file that is not there is how engines say that there was nothing to write into it.
                if absence.reason != .noImage { lines.item("? " + ByteText(absence.detail).forTerminal, .warning) }
            }
        }
    }

    private func writeMembers(_ title: String, _ files: Known<[ArchiveMember]>) {
        switch files {
        case .missing(let absence):
            lines.heading(title)
            lines.item("? " + ByteText(absence.detail).forTerminal, .warning)
        case .value(let members):
            lines.heading(title + (members.contains { !$0.name.isEmpty } ? "" : ": empty"))
            let named = members.filter { !$0.name.isEmpty }
            if named.isEmpty { return }
            var table = FileSections.table(hasChanges: false)
            for member in named { table.add(cells(member) + [Table.Cell(member.name.forTerminal, .name)]) }
            table.write(to: lines.out, lines.style)
        }
    }

    private static func table(hasChanges: Bool) -> Table {
        let lead: [Table.Column] = hasChanges ? [.init(title: "CHANGE")] : []
        return Table(
            lead + [
                .init(title: "MODE"), .init(title: "OWNER"), .init(title: "SIZE", isRightAligned: true),
                .init(title: "MODIFIED"), .init(title: "PATH"),
            ])
    }

    private func row(_ change: FileChange) -> [Table.Cell] {
        let role: TextStyle.Role = change.kind == .written ? .good : .bad
        let details = change.file.map(cells) ?? [Table.Cell](repeating: "-", count: 4)
        let target = change.file?.linkTarget.map { " -> " + $0.forTerminal } ?? ""
        return [Table.Cell(change.kind.rawValue, role)] + details
            + [Table.Cell(change.path.forTerminal + target, change.kind == .written ? .name : .bad)]
    }

    private func cells(_ member: ArchiveMember) -> [Table.Cell] {
        [
            Table.Cell(member.modeText), Table.Cell("\(member.userID):\(member.groupID)"),
            Table.Cell(member.type == .file ? byteText(member.size) : "-"),
            Table.Cell(member.modificationTime.map(timeText) ?? "-"),
        ]
    }
}

extension FileSystemChanges {
    /// How many there are, in a line.
    var summary: String {
        let kinds = FileChange.Kind.allCases.map { kind in (kind, changes.filter { $0.kind == kind }.count) }
        let parts = kinds.filter { $0.1 > 0 }.map { kind, count in
            switch kind {
            case .written: "\(count) added or changed"
            case .deleted: "\(count) deleted"
            case .emptied: counted(count, "directory replaced", "directories replaced")
            }
        }
        return parts.isEmpty ? "none" : parts.joined(separator: ", ")
    }
}

extension ArchiveMember {
    /// Type and permissions as `ls -l` has them.
    var modeText: String {
        let letters: [Kind: String] = [
            .file: "-", .directory: "d", .symbolicLink: "l", .hardLink: "h", .characterDevice: "c", .blockDevice: "b",
            .fifo: "p",
        ]
        let bits = [("r", 8), ("w", 7), ("x", 6), ("r", 5), ("w", 4), ("x", 3), ("r", 2), ("w", 1), ("x", 0)]
        var text = bits.map { mode >> $0.1 & 1 == 1 ? $0.0 : "-" }
        for (bit, place, letter) in [(11, 2, "s"), (10, 5, "s"), (9, 8, "t")] where mode >> bit & 1 == 1 {
            text[place] = text[place] == "x" ? letter : letter.uppercased()
        }
        return (letters[type] ?? "?") + text.joined()
    }
}
