public import CheckpointModel
public import EvidenceText

/// Prints the open files of processes.
public struct FilesText {
    /// Prints the descriptors, current and root directory, and program of processes.
    ///
    /// - Parameters:
    ///   - reports: The processes.
    ///   - architecture: The machine whose numbers the flags are.
    ///   - out: Where the text goes.
    ///   - style: How it is laid out.
    public static func write(
        _ reports: [ProcessReport], _ architecture: Architecture?, to out: OutputBuffer, _ style: TextStyle
    ) {
        for (index, report) in reports.enumerated() {
            if index > 0 { out.append("\n") }
            writeHeading(report, to: out, style)
            switch report.descriptors {
            case .missing(let absence): writeAbsence(absence, to: out, style)
            case .value(let descriptors): table(report, descriptors, architecture).write(to: out, style)
            }
        }
    }

    /// Prints the files that are open though no process has a descriptor of them, if there are any: on their way through
    /// a socket, outside of the dump, or made by CRIU.
    ///
    /// - Parameters:
    ///   - checkpoint: The checkpoint.
    ///   - out: Where the text goes.
    ///   - style: How it is laid out.
    public static func writeOthers(_ checkpoint: Checkpoint, to out: OutputBuffer, _ style: TextStyle) {
        var table = Table([.init(title: "TYPE"), .init(title: "TARGET", mayBeCut: true), .init(title: "WHY")])
        var hasRows = false
        for file in checkpoint.files {
            let uses = checkpoint.uses(of: file.reference)
            guard uses.isEmpty || uses.allSatisfy(\.needsTelling) else { continue }
            hasRows = true
            let reasons = uses.map(\.text).joined(separator: ", ")
            table.add([
                Table.Cell(typeText(file)), Table.Cell(targetText(.value(file)), .name),
                Table.Cell(uses.isEmpty ? "nothing in the images refers to it" : reasons),
            ])
        }
        guard hasRows else { return }
        out.append("\n")
        out.append(string: style.paint("open without a descriptor", .heading) + "\n")
        table.write(to: out, style)
    }

    private static func table(
        _ report: ProcessReport, _ descriptors: [Descriptor], _ architecture: Architecture?
    ) -> Table {
        var table = Table([
            .init(title: "FD", isRightAligned: true), .init(title: "TYPE"),
            .init(title: "OFFSET", isRightAligned: true),
            .init(title: "FLAGS"), .init(title: "TARGET"),
        ])
        let places: [(String, Known<ByteText>)] = [
            ("cwd", report.directories.flatMap { $0.current.flatMap(\.target) }),
            ("root", report.directories.flatMap { $0.root.flatMap(\.target) }), ("exe", report.executable),
        ]
        for (name, target) in places {
            table.add([Table.Cell(name, .faint), "", "", "", Table.Cell(target.value?.forTerminal ?? "?", .name)])
        }
        let notes = FileNotes(checkpoint: report.checkpoint)
        for descriptor in descriptors {
            table.add(row(descriptor, architecture))
            table.add(notes: notes.lines(descriptor, of: report.process.pid))
        }
        return table
    }

    private static func row(_ descriptor: Descriptor, _ architecture: Architecture?) -> [Table.Cell] {
        let file = descriptor.file.value
        var flags = file?.flags.value.map { OpenFlags($0, architecture).shortText } ?? "?"
        if descriptor.isClosedOnExec { flags += ",cloexec" }
        return [
            Table.Cell(String(descriptor.number)), Table.Cell(typeText(descriptor)),
            Table.Cell(file?.position.value.map { String($0) } ?? "-"), Table.Cell(flags),
            Table.Cell(targetText(descriptor.file), file?.isDeleted == true ? .warning : .name),
        ]
    }

    private static func targetText(_ file: Known<OpenFile>) -> String {
        switch file {
        case .missing(let absence): return "? (" + ByteText(absence.detail).forTerminal + ")"
        case .value(let file):
            let target = file.target.value?.forTerminal ?? namespaceText(file) ?? "?"
            return file.socket.map { target + "  " + $0.summary } ?? target
        }
    }
}

/// What sort of file it is, in a word.
func typeText(_ descriptor: Descriptor) -> String {
    descriptor.file.value.map(typeText) ?? descriptor.type.word
}

/// What sort of file it is, in a word.
func typeText(_ file: OpenFile) -> String {
    if file.type == .regular, let mode = file.mode.value { return modeText(mode) }
    return file.socket?.protocolName ?? file.type.word
}

/// A namespace as /proc/PID/ns has it, without the kernel's number, which the images lack.
private func namespaceText(_ file: OpenFile) -> String? {
    guard case .namespace(let namespace) = file.detail else { return nil }
    return (namespace.kindName ?? "kind 0x" + String(namespace.kindFlag, radix: 16)) + ":[?]"
}

/// The sort of file that `st_mode` says.
private func modeText(_ mode: UInt32) -> String {
    switch mode & 0o170000 {
    case 0o100000: "file"
    case 0o040000: "dir"
    case 0o020000: "chardev"
    case 0o060000: "blockdev"
    case 0o010000: "fifo"
    case 0o120000: "symlink"
    case 0o140000: "socket"
    default: "file?"
    }
}

extension FileType {
    /// The type in a word.
    var word: String {
        let words: [FileType: String] = [
            .regular: "file", .pipe: "pipe", .fifo: "fifo", .inetSocket: "inet", .unixSocket: "unix",
            .eventfd: "eventfd",
            .epoll: "epoll", .inotify: "inotify", .signalfd: "signalfd", .packetSocket: "packet", .terminal: "tty",
            .fanotify: "fanotify", .netlinkSocket: "netlink", .namespace: "namespace", .tun: "tun",
            .external: "external",
            .timerfd: "timerfd", .memfd: "memfd", .bpfMap: "bpf-map", .pidfd: "pidfd",
        ]
        return words[self] ?? "type \(rawValue)"
    }
}

extension OpenFlags {
    /// The flags in short: `rw,append,nonblock`. Those that every large file has are left out.
    var shortText: String {
        let access = isPath ? "path" : ["r", "w", "rw", "-"][Int(rawValue & 3)]
        let rest = flagNames.dropFirst().filter { $0 != "O_LARGEFILE" && $0 != "O_PATH" && $0 != "O_CLOEXEC" }
        return ([access] + rest.map { $0.hasPrefix("O_") ? String($0.dropFirst(2)).lowercased() : $0 }).joined(
            separator: ",")
    }
}
