internal import CRIUImages

/// Reads the terminals of a checkpoint.
struct TerminalLoader {
    private let library: ImageLibrary
    private let order: ByteOrder
    private let architecture: Architecture?
    private let unread: [UInt32: (content: Content, origin: Origin)]

    init(_ library: ImageLibrary, _ architecture: Architecture?) {
        self.library = library
        self.architecture = architecture
        order = library.byteOrder
        let entries = library.records("tty-data.img", TtyDataEntry.self).value ?? []
        let data = entries.enumerated().map { index, entry in
            let origin = Origin("tty-data.img", entry: index)
            return (id: entry.ttyId, value: (content: Content(ImageBytes(entry.data)), origin: origin), origin: origin)
        }
        unread = library.unique(data, by: "tty_id")
    }

    /// The terminals, in the order of the image.
    func load() -> [Terminal] {
        let entries = library.records("tty-info.img", TtyInfoEntry.self).value ?? []
        return entries.enumerated().map { terminal($1, Origin("tty-info.img", entry: $0)) }
    }

    private func terminal(_ entry: TtyInfoEntry, _ origin: Origin) -> Terminal {
        let gone = "the terminal was hung up, or the image does not have it"
        let waiting = unread[entry.id]
        return Terminal(
            id: entry.id, kind: Terminal.Kind(rawValue: entry.type.rawValue), index: entry.pty?.index,
            isMaster: entry.pty == nil ? nil : entry.id & 1 != 0, isLocked: entry.locked,
            isExclusive: entry.exclusive, isPacketMode: entry.packetMode, sessionID: entry.sid, groupID: entry.pgrp,
            device: DeviceNumber(status: entry.rdev), nodeDevice: entry.dev.map { DeviceNumber(status: $0) },
            userID: entry.uid, nodeGroupID: entry.gid, settings: .recorded(entry.termios.map(settings), gone),
            lockedSettings: .recorded(entry.termiosLocked.map(settings), gone),
            windowSize: .recorded(
                entry.winsize.map {
                    .init(rows: $0.wsRow, columns: $0.wsCol, width: $0.wsXpixel, height: $0.wsYpixel)
                }, gone),
            unread: .recorded(waiting?.content, "tty-data.img has nothing of this terminal"),
            unreadOrigin: waiting?.origin, origin: origin)
    }

    private func settings(_ entry: TermiosEntry) -> TerminalSettings {
        // The rest of the words is memory that CRIU did not clear.
        let bytes = entry.cCc.prefix(5).flatMap { CheckpointModel.bytes(of: $0, order) }
        return TerminalSettings(
            inputFlags: entry.cIflag, outputFlags: entry.cOflag, controlFlags: entry.cCflag, localFlags: entry.cLflag,
            lineDiscipline: entry.cLine, inputSpeed: entry.cIspeed, outputSpeed: entry.cOspeed,
            controlCharacters: Array(bytes.prefix(TerminalSettings.characterCount)),
            hasCommonNumbers: !["ppc64", "mips"].contains(architecture?.name))
    }
}

extension Checkpoint {
    /// The terminals, in the order of the image. Read once.
    public var terminals: [Terminal] { terminalTable.list }

    /// The terminal that an open file is of. Constant time.
    public func terminal(of file: TerminalFile) -> Known<Terminal> {
        .recorded(terminalTable.byID[file.terminalID], "tty-info.img does not have terminal \(file.terminalID)")
    }

    private var terminalTable: TerminalTable {
        memo.value {
            let list = TerminalLoader(library, architecture).load()
            return TerminalTable(list: list, byID: library.unique(list.lazy.map { ($0.id, $0, $0.origin) }, by: "id"))
        }
    }
}

/// The type under which the memo keeps the terminals.
private struct TerminalTable: Sendable {
    let list: [Terminal]
    let byID: [UInt32: Terminal]
}
