internal import CRIUImages
internal import EvidenceText

/// All open files of a checkpoint, by type and id.
struct FileTable: Sendable {
    /// The files, in the order of the images; of several with one id the first.
    let all: [OpenFile]
    private let places: [FileReference: Int]
    /// Why files are missing, where the image that lists them cannot be read.
    private let absence: Absence

    init(_ files: [OpenFile], absence: Absence) {
        var places: [FileReference: Int] = [:]
        var all: [OpenFile] = []
        for file in files where places[file.reference] == nil {
            places[file.reference] = all.count
            all.append(file)
        }
        (self.all, self.places, self.absence) = (all, places, absence)
    }

    /// How many files there are.
    var count: Int { all.count }

    /// A file. Constant time.
    func file(_ type: FileType, _ id: UInt32) -> Known<OpenFile> {
        guard let place = places[FileReference(type: type, id: id)] else { return .missing(absence) }
        return .value(all[place])
    }

    /// The file behind a memory area, whose type the area does not say. Constant time.
    func mappedFile(_ id: UInt64) -> Known<OpenFile> {
        guard let id = UInt32(exactly: id) else { return .missing(absence) }
        let types: [FileType] = [.regular, .memfd, .packetSocket, .external, .terminal]
        for type in types {
            if case .value(let file) = file(type, id) { return .value(file) }
        }
        return .missing(absence)
    }

    /// The file of an id alone, as queued messages name files: ids of files.img are of one row for all types.
    func anyFile(_ id: UInt32) -> OpenFile? {
        for number in Int32(1)...20 {
            if case .value(let file) = file(FileType(rawValue: number), id) { return file }
        }
        return nil
    }
}
