internal import CRIUImages
internal import EvidenceText

extension Pipe {
    /// Reads the pipes: those that files refer to, by the order of files, then those of which only data is there.
    static func load(_ library: ImageLibrary, _ files: FileTable) -> [Pipe] {
        // The numbers of named and unnamed pipes are inode numbers of different file systems.
        load(library, files, isNamed: false) + load(library, files, isNamed: true)
    }

    private static func load(_ library: ImageLibrary, _ files: FileTable, isNamed: Bool) -> [Pipe] {
        let image = isNamed ? "fifo-data.img" : "pipes-data.img"
        let (entries, damage) = library.entries(image, PipeDataEntry.self)
        let data = library.unique(entries.lazy.map { ($0.record.pipeId, $0, $0.origin) }, by: "pipe_id")
        var ends: [UInt32: [OpenFile]] = [:]
        var order: [UInt32] = []
        for file in files.all {
            guard case .pipe(let end) = file.detail, end.isNamed == isNamed else { continue }
            if ends[end.pipeID] == nil { order.append(end.pipeID) }
            ends[end.pipeID, default: []].append(file)
        }
        order += entries.map(\.record.pipeId).filter { ends[$0] == nil }.uniqued()
        let absence = damage ?? Absence(.noImage, "\(image) does not have the pipe")
        return order.map { Pipe($0, isNamed: isNamed, ends[$0] ?? [], data[$0], absence) }
    }

    private init(
        _ id: UInt32, isNamed: Bool, _ ends: [OpenFile], _ data: EntryWithPayload<PipeDataEntry>?, _ absence: Absence
    ) {
        let flags = ends.map { ($0.reference, OpenFlags($0.flags.value ?? 3, nil)) }
        self.init(
            id: id, path: isNamed ? ends.lazy.compactMap(\.target.value).first : nil,
            capacity: data.map { .recorded($0.record.size, "the image does not have the capacity") }
                ?? .missing(absence),
            unread: data.flatMap(\.content).map { .value($0) } ?? .missing(absence),
            readers: flags.filter(\.1.isReadable).map(\.0), writers: flags.filter(\.1.isWritable).map(\.0),
            isNamed: isNamed, origin: data?.origin)
    }
}

extension Sequence where Element: Hashable {
    /// The elements in their order, each once.
    func uniqued() -> [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
