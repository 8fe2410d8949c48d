import CheckpointModel
public import EvidenceText

/// Prints System V IPC objects as `ipcs -a` does, with what is in them.
public struct IPCText {
    private let out: OutputBuffer
    private let style: TextStyle

    /// Prints the objects of each IPC namespace.
    public static func write(_ selection: NamespaceSelection, to out: OutputBuffer, _ style: TextStyle) {
        let text = IPCText(out: out, style: style)
        let namespaces = selection.namespaces(.ipc)
        if namespaces.isEmpty { writeLine("no image names an IPC namespace", .faint, to: out, style) }
        for (index, namespace) in namespaces.enumerated() {
            if index > 0 { out.append("\n") }
            writeLine(namespace.heading, .heading, to: out, style)
            switch selection.checkpoint.ipcObjects(of: namespace) {
            case .missing(let absence): writeAbsence(absence, to: out, style)
            case .value(let objects): text.write(objects)
            }
        }
    }

    private func write(_ objects: IPCObjects) {
        section("message queues", objects.queues, queueTable) { queues in
            for queue in queues where !queue.messages.isEmpty { write(queue) }
        }
        section("shared memory segments", objects.segments, segmentTable) { segments in
            for segment in segments { write(segment) }
        }
        section("semaphore sets", objects.semaphores, semaphoreTable) { _ in }
        section("settings", objects.settings, settingTable) { _ in }
        writeLine("POSIX message queues: only their limits are in images", .faint, to: out, style)
    }

    private func section<Item>(
        _ title: String, _ items: Known<[Item]>, _ table: ([Item]) -> Table, _ more: ([Item]) -> Void
    ) {
        out.append("\n")
        switch items {
        case .missing(let absence): writeLine("\(title): ? (\(reasonText(absence)))", .warning, to: out, style)
        case .value(let items):
            writeLine(items.isEmpty ? "\(title): none" : title, .heading, to: out, style)
            guard !items.isEmpty else { return }
            table(items).write(to: out, style)
            more(items)
        }
    }

    // MARK: Tables

    private static let objectColumns: [Table.Column] = [
        .init(title: "KEY"), .init(title: "ID", isRightAligned: true), .init(title: "PERMS"), .init(title: "OWNER"),
        .init(title: "CREATOR"),
    ]

    private func cells(_ permissions: IPCPermissions) -> [Table.Cell] {
        let text = { (pair: IPCPermissions.Pair) in "\(pair.user):\(pair.group)" }
        return [
            .init("0x" + padded(UInt64(permissions.key), 8)), .init(String(permissions.id)),
            .init(octalText(permissions.mode & 0o777, width: 3)), .init(text(permissions.owner)),
            .init(text(permissions.creator)),
        ]
    }

    private func queueTable(_ queues: [MessageQueue]) -> Table {
        var table = Table(
            IPCText.objectColumns + [
                .init(title: "BYTES", isRightAligned: true), .init(title: "LIMIT", isRightAligned: true),
                .init(title: "MESSAGES", isRightAligned: true),
            ])
        for queue in queues {
            table.add(
                cells(queue.permissions) + [
                    .init(String(queue.byteCount)), .init(String(queue.byteLimit)),
                    .init(String(queue.messages.count)),
                ])
        }
        return table
    }

    private func semaphoreTable(_ sets: [SemaphoreSet]) -> Table {
        var table = Table(
            IPCText.objectColumns + [.init(title: "COUNT", isRightAligned: true), .init(title: "VALUES")])
        for set in sets {
            table.add(
                cells(set.permissions) + [
                    .init(String(set.values.count)), .init(set.values.map { String($0) }.joined(separator: " ")),
                ])
        }
        return table
    }

    private func segmentTable(_ segments: [SharedSegment]) -> Table {
        var table = Table(
            IPCText.objectColumns + [
                .init(title: "BYTES", isRightAligned: true), .init(title: "STATUS"), .init(title: "ATTACHED BY"),
            ])
        for segment in segments {
            let places = segment.attachments.map { "\($0.pid) at \(hexadecimalAddress($0.addresses.lowerBound))" }
            let status = [segment.isMarkedForRemoval ? "dest" : nil, segment.hugePages.map { _ in "hugetlb" }]
            table.add(
                cells(segment.permissions) + [
                    .init(String(segment.size)),
                    .init(status.compactMap { $0 }.joined(separator: ","), .warning),
                    .init(places.isEmpty ? "nobody" : places.joined(separator: ", ")),
                ])
        }
        return table
    }

    private func settingTable(_ settings: [KernelSetting]) -> Table {
        var table = Table([.init(title: "NAME"), .init(title: "VALUE")])
        for setting in settings {
            table.add([.init(setting.name.forTerminal), .init(setting.value.value?.forTerminal ?? "?")])
        }
        return table
    }

    // MARK: Contents

    private func write(_ queue: MessageQueue) {
        out.append("\n")
        writeLine("messages of queue \(queue.permissions.id), the oldest first", .heading, to: out, style)
        var table = Table([
            .init(title: "TYPE", isRightAligned: true), .init(title: "SIZE", isRightAligned: true),
            .init(title: "TEXT"),
        ])
        for message in queue.messages {
            table.add([
                .init(String(message.type)), .init(String(message.content.size)), .init(message.content.preview),
            ])
        }
        table.write(to: out, style)
    }

    private func write(_ segment: SharedSegment) {
        out.append("\n")
        writeLine("content of segment \(segment.permissions.id)", .heading, to: out, style)
        switch segment.content {
        case .missing(let absence): writeLine("? (\(reasonText(absence)))", .warning, to: out, style)
        case .value(let content): HexDump(content).write(to: out, style)
        }
    }
}

/// An address as a person reads it.
private func hexadecimalAddress(_ value: UInt64) -> String { "0x" + String(value, radix: 16) }

extension Content {
    /// The beginning as text, with everything harmless; `…` if there is more.
    var preview: String {
        let bytes = prefix(256)
        return ByteText(bytes).forTerminal + (UInt64(bytes.count) < size ? "…" : "")
    }
}
