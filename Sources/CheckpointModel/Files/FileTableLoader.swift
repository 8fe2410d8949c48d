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
            let files = resolved(entries.value?.map(FileFacts.init) ?? [])
            return FileTable(
                files, absence: entries.absence ?? Absence(.notRecorded, "files.img does not list the file"))
        }
        // Old versions of CRIU wrote an image for each type, of which the one of regular files is never absent.
        if !library.has("reg-files.img") { library.noteIfAbsent("files.img") }
        return FileTable(resolved(oldFacts()), absence: Absence(.noImage, "no image lists the file"))
    }

    /// Fills in what a file takes from another one: the path of a terminal or FIFO.
    private func resolved(_ facts: [FileFacts]) -> [OpenFile] {
        let regular = Dictionary(
            facts.filter { $0.type == .regular }.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return facts.map { context.file($0, regular: regular) }
    }

    private func oldFacts() -> [FileFacts] {
        read("reg-files.img", RegFileEntry.self) { FileFacts($0) }
            + read("ext-files.img", ExtFileEntry.self) { FileFacts($0) }
            + read("ns-files.img", NsFileEntry.self) { FileFacts($0) }
            + read("inetsk.img", InetSkEntry.self) { FileFacts($0) }
            + read("unixsk.img", UnixSkEntry.self) { FileFacts($0) }
            + read("packetsk.img", PacketSockEntry.self) { FileFacts($0) }
            + read("netlinksk.img", NetlinkSkEntry.self) { FileFacts($0) }
            + read("eventfd.img", EventfdFileEntry.self) { FileFacts($0) }
            + read("eventpoll.img", EventpollFileEntry.self) { FileFacts($0) }
            + read("signalfd.img", SignalfdEntry.self) { FileFacts($0) }
            + read("tunfile.img", TunfileEntry.self) { FileFacts($0) }
            + read("timerfd.img", TimerfdEntry.self) { FileFacts($0) }
            + read("inotify.img", InotifyFileEntry.self) { FileFacts($0) }
            + read("fanotify.img", FanotifyFileEntry.self) { FileFacts($0) }
            + read("fifo.img", FifoEntry.self) { FileFacts($0) } + read("pipes.img", PipeEntry.self) { FileFacts($0) }
            + read("tty.img", TtyFileEntry.self) { FileFacts($0) }
    }

    private func read<Record: ImageRecord>(
        _ name: String, _ type: Record.Type, _ facts: (Record) -> FileFacts
    ) -> [FileFacts] {
        library.records(name, type).value?.map(facts) ?? []
    }
}
