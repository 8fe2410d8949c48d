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
        for descriptor in descriptors { table.add(row(descriptor, architecture)) }
        return table
    }

    private static func row(_ descriptor: Descriptor, _ architecture: Architecture?) -> [Table.Cell] {
        let file = descriptor.file.value
        var flags = file?.flags.value.map { OpenFlags($0, architecture).shortText } ?? "?"
        if descriptor.isClosedOnExec { flags += ",cloexec" }
        return [
            Table.Cell(String(descriptor.number)), Table.Cell(typeText(descriptor)),
            Table.Cell(file?.position.value.map { String($0) } ?? "-"), Table.Cell(flags),
            Table.Cell(targetText(descriptor), file?.isDeleted == true ? .warning : .name),
        ]
    }

    private static func targetText(_ descriptor: Descriptor) -> String {
        switch descriptor.file {
        case .missing(let absence): return "? (" + ByteText(absence.detail).forTerminal + ")"
        case .value(let file):
            let target = file.target.value?.forTerminal ?? "?"
            return file.socket.map { target + "  " + $0.summary } ?? target
        }
    }
}

/// What sort of file it is, in a word.
func typeText(_ descriptor: Descriptor) -> String {
    if descriptor.type == .regular, let mode = descriptor.file.value?.mode.value { return modeText(mode) }
    if let socket = descriptor.file.value?.socket { return socket.protocolName }
    return descriptor.type.word
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
