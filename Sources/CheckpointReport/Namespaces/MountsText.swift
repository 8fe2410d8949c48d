import CheckpointModel
public import EvidenceText

/// Prints mount tables as trees.
public struct MountsText {
    private let checkpoint: Checkpoint
    private let showsContent: Bool
    private let out: OutputBuffer
    private let style: TextStyle

    /// Prints the mounts of each mount namespace.
    ///
    /// - Parameters:
    ///   - selection: The namespaces.
    ///   - showsContent: Whether the files of each tmpfs are listed.
    ///   - out: Where the text goes.
    ///   - style: How it is laid out.
    public static func write(
        _ selection: NamespaceSelection, showsContent: Bool, to out: OutputBuffer, _ style: TextStyle
    ) {
        let text = MountsText(checkpoint: selection.checkpoint, showsContent: showsContent, out: out, style: style)
        let namespaces = selection.namespaces(.mnt)
        if namespaces.isEmpty { writeLine("no image names a mount namespace", .faint, to: out, style) }
        for (index, namespace) in namespaces.enumerated() {
            if index > 0 { out.append("\n") }
            text.write(namespace)
        }
        text.writeFormats()
    }

    private func write(_ namespace: Namespace) {
        writeLine(namespace.heading, .heading, to: out, style)
        switch checkpoint.mounts(of: namespace) {
        case .missing(let absence): writeAbsence(absence, to: out, style)
        case .value(let mounts):
            let contents = mounts.map { mount in mount.isMemory ? checkpoint.tmpfsContent(of: mount) : nil }
            table(mounts, contents).write(to: out, style)
            if let unnamed = mounts.lazy.compactMap(\.fileSystem.absence).first {
                writeLine("?: \(reasonText(unnamed))", .faint, to: out, style)
            }
            if showsContent { zip(mounts, contents).forEach { writeContent($0, $1) } }
        }
    }

    private func table(_ mounts: [Mount], _ contents: [Known<[ArchiveMember]>?]) -> Table {
        var table = Table([
            .init(title: "ID", isRightAligned: true), .init(title: "MOUNT POINT", mayBeCut: true),
            .init(title: "TYPE"), .init(title: "DEVICE"), .init(title: "SOURCE", mayBeCut: true),
            .init(title: "OPTIONS", mayBeCut: true), .init(title: "DETAILS"),
        ])
        let lines = TreeLines(mounts.map(\.depth)).prefixes
        for (index, mount) in mounts.enumerated() {
            let notes = mount.notes + (contents[index].map { [contentNote($0)] } ?? [])
            let options = mount.superOptionsText
            table.add([
                .init(String(mount.id)), .init(lines[index] + mount.mountPoint.forTerminal, .name),
                .init(mount.fileSystem.value?.forTerminal ?? "?"), .init(mount.device.description),
                .init(mount.source.forTerminal), .init(mount.flags.names.joined(separator: ",")),
                .init((notes + (options.isEmpty ? [] : [options])).joined(separator: "; "), mount.noteRole),
            ])
        }
        return table
    }

    private func contentNote(_ content: Known<[ArchiveMember]>) -> String {
        guard let entries = content.value else { return "content not dumped" }
        let files = entries.filter { $0.type == .file }
        let bytes = files.reduce(UInt64(0)) { $0 &+ $1.size }
        return files.isEmpty ? "no regular files" : "\(counted(files.count, "file")), \(byteText(bytes))"
    }

    private func writeContent(_ mount: Mount, _ content: Known<[ArchiveMember]>?) {
        guard let content else { return }
        out.append("\n")
        writeLine("content of \(mount.mountPoint.forTerminal)", .heading, to: out, style)
        switch content {
        case .missing(let absence): writeAbsence(absence, to: out, style)
        case .value(let content): contentTable(content).write(to: out, style)
        }
    }

    private func contentTable(_ members: [ArchiveMember]) -> Table {
        var table = Table([
            .init(title: "TYPE"), .init(title: "MODE"), .init(title: "OWNER"),
            .init(title: "SIZE", isRightAligned: true), .init(title: "MODIFIED"), .init(title: "PATH"),
        ])
        for member in members {
            let target = member.linkTarget.map { " -> " + $0.forTerminal } ?? ""
            let device = member.device.map { " (\($0.major):\($0.minor))" } ?? ""
            let path = member.name.isEmpty ? "." : member.name.forTerminal
            table.add([
                .init(member.type.rawValue), .init(octalText(member.mode, width: 4)),
                .init("\(member.userID):\(member.groupID)"), .init(member.type == .file ? String(member.size) : "-"),
                .init(member.modificationTime.map(timeText) ?? "?"), .init(path + target + device, .name),
            ])
        }
        return table
    }

    private func writeFormats() {
        let formats = checkpoint.binaryFormats()
        guard !formats.isEmpty else { return }
        out.append("\n")
        writeLine("binary formats", .heading, to: out, style)
        var table = Table([
            .init(title: "NAME"), .init(title: "STATE"), .init(title: "FLAGS"), .init(title: "KNOWN BY"),
            .init(title: "INTERPRETER"),
        ])
        for format in formats {
            let magic = format.magic.map { "magic " + $0.forTerminal + (format.offset.map { " at \($0)" } ?? "") }
            let name = format.fileExtension.map { "extension " + $0.forTerminal }
            table.add([
                .init(format.name.forTerminal), .init(format.isEnabled ? "enabled" : "disabled"),
                .init(format.flags?.forTerminal ?? ""), .init(magic ?? name ?? "?"),
                .init(format.interpreter.forTerminal, .name),
            ])
        }
        table.write(to: out, style)
    }
}
