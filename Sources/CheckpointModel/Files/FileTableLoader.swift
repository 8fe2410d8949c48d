internal import CRIUImages
internal import EvidenceText

/// Reads the open files of a checkpoint: files.img, or the one image for each type that older versions of CRIU wrote.
struct FileTableLoader {
    private let library: ImageLibrary
    private let context: FileContext

    init(_ library: ImageLibrary) {
        self.library = library
        self.context = FileContext(library)
    }

    func load() -> FileTable {
        if library.has("files.img") {
            let entries = library.records("files.img", FileEntry.self)
            return FileTable(
                resolved(placed(entries.value ?? [], "files.img") { FileFacts($0, context.byteOrder) }),
                absence: entries.absence ?? Absence(.notRecorded, "files.img does not list the file"))
        }
        // Old versions of CRIU wrote an image for each type, of which the one of regular files is never absent. A pre-dump
        // has neither processes nor files.
        if !library.has("reg-files.img"), library.has("pstree.img") { library.noteIfAbsent("files.img") }
        return FileTable(resolved(oldFacts()), absence: Absence(.noImage, "no image lists the file"))
    }

    /// Fills in what a file takes from another one: the path of a terminal or FIFO.
    private func resolved(_ facts: [FileFacts]) -> [OpenFile] {
        if facts.contains(where: { $0.type == .memfd }) { library.noteIfAbsent("memfd.img") }
        if facts.contains(where: { $0.type == .terminal }) { library.noteIfAbsent("tty-info.img") }
        noteDuplicates(facts)
        let named = Set(facts.compactMap(\.pathFileID))
        let regular = Dictionary(
            facts.lazy.filter { $0.type == .regular && named.contains($0.id) }.map { ($0.id, $0) },
            uniquingKeysWith: { first, _ in first })
        return facts.map { context.file($0, regular: regular) }
    }

    /// Of several files with one id the table has the first.
    private func noteDuplicates(_ facts: [FileFacts]) {
        var seen: Set<FileReference> = []
        for file in facts where !seen.insert(FileReference(type: file.type, id: file.id)).inserted {
            library.note(
                Problem(
                    image: file.origin.image, entry: file.origin.entry, offset: nil, code: "duplicate-file",
                    detail:
                        "two files have the type \(file.type.name ?? String(file.type.rawValue)) and the id \(file.id)")
            )
        }
    }

    private func placed<Record: ImageRecord>(
        _ records: [Record], _ name: String, _ facts: (Record) -> FileFacts
    ) -> [FileFacts] {
        records.enumerated().map { index, record in
            var result = facts(record)
            result.origin = Origin(name, entry: index)
            return result
        }
    }

    // MARK: Old images

    private func oldFacts() -> [FileFacts] {
        let order = context.byteOrder
        return read("reg-files.img", RegFileEntry.self) { FileFacts($0, order) }
            + read("ext-files.img", ExtFileEntry.self) { FileFacts($0) }
            + read("ns-files.img", NsFileEntry.self) { FileFacts($0) } + oldSockets() + oldWatchers()
            + read("eventfd.img", EventfdFileEntry.self) { FileFacts($0) }
            + read("signalfd.img", SignalfdEntry.self) { FileFacts($0) }
            + read("tunfile.img", TunfileEntry.self) { FileFacts($0) }
            + read("timerfd.img", TimerfdEntry.self) { FileFacts($0) }
            + read("fifo.img", FifoEntry.self) { FileFacts($0) } + read("pipes.img", PipeEntry.self) { FileFacts($0) }
            + read("tty.img", TtyFileEntry.self) { FileFacts($0) }
            + read("pidfd.img", PidfdEntry.self) { FileFacts($0) }
            + read("bpfmap-file.img", BpfmapFileEntry.self) { FileFacts($0) }
    }

    private func oldSockets() -> [FileFacts] {
        read("inetsk.img", InetSkEntry.self) { FileFacts($0) }
            + read("unixsk.img", UnixSkEntry.self) { FileFacts($0) }
            + read("packetsk.img", PacketSockEntry.self) { FileFacts($0) }
            + read("netlinksk.img", NetlinkSkEntry.self) { FileFacts($0) }
    }

    /// Files that watch others, with what images of their own say that they watch.
    private func oldWatchers() -> [FileFacts] {
        let order = context.byteOrder
        let targets = grouped("eventpoll-tfd.img", EventpollTfdEntry.self, by: \.id)
        let watches = grouped("inotify-wd.img", InotifyWdEntry.self, by: \.id)
        let marks = grouped("fanotify-mark.img", FanotifyMarkEntry.self, by: \.id)
        return read("eventpoll.img", EventpollFileEntry.self) { FileFacts($0, $0.tfd + (targets[$0.id] ?? [])) }
            + read("inotify.img", InotifyFileEntry.self) { FileFacts($0, $0.wd + (watches[$0.id] ?? []), order) }
            + read("fanotify.img", FanotifyFileEntry.self) { FileFacts($0, $0.mark + (marks[$0.id] ?? []), order) }
    }

    private func grouped<Record: ImageRecord>(
        _ name: String, _ type: Record.Type, by id: (Record) -> UInt32
    ) -> [UInt32: [Record]] {
        Dictionary(grouping: library.records(name, type).value ?? [], by: id)
    }

    private func read<Record: ImageRecord>(
        _ name: String, _ type: Record.Type, _ facts: (Record) -> FileFacts
    ) -> [FileFacts] {
        placed(library.records(name, type).value ?? [], name, facts)
    }
}
