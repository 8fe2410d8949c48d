internal import CRIUImages
internal import EvidenceText

/// All open files of a checkpoint, by type and id.
struct FileTable: Sendable {
    private let files: [Key: OpenFile]
    /// Why files are missing, where the image that lists them cannot be read.
    private let absence: Absence

    struct Key: Hashable {
        let type: FileType
        let id: UInt32
    }

    init(_ files: [OpenFile], absence: Absence) {
        self.files = Dictionary(
            files.map { (Key(type: $0.type, id: $0.id), $0) }, uniquingKeysWith: { first, _ in first })
        self.absence = absence
    }

    /// How many files there are.
    var count: Int { files.count }

    /// A file. Constant time.
    func file(_ type: FileType, _ id: UInt32) -> Known<OpenFile> {
        guard let file = files[Key(type: type, id: id)] else { return .missing(absence) }
        return .value(file)
    }

    /// The file behind a memory area, whose type the area does not say. Constant time.
    func mappedFile(_ id: UInt64) -> Known<OpenFile> {
        guard let id = UInt32(exactly: id) else { return .missing(absence) }
        let types: [FileType] = [.regular, .memfd, .packetSocket, .external, .terminal]
        for type in types {
            if let file = files[Key(type: type, id: id)] { return .value(file) }
        }
        return .missing(absence)
    }
}
