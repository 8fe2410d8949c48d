import CRIUImages
import CheckpointAnalysis
import CheckpointModel
import CheckpointTestSupport
import SystemPackage
import Testing

/// A file that a test has a process open.
private enum Opened {
    case path(String)
    /// An end of a pipe, by its inode number.
    case pipe(UInt64)
    /// A TCP socket by its inode number and its ports.
    case socket(UInt64, UInt64, UInt64)
}

/// A checkpoint of process 1 with descriptors.
private func checkpoint(_ files: [(fd: Int, file: Opened)], in folder: ScratchFolder) throws -> Checkpoint {
    try folder.write("inventory.img", ImageBuilder(.inventory).entry(MessageBuilder().varint(1, 2)).bytes)
    let process = MessageBuilder().varint(1, 1).varint(2, 0).varint(3, 1).varint(4, 1).varint(5, 1)
    try folder.write("pstree.img", ImageBuilder(.pstree).entry(process).bytes)
    try folder.write("core-1.img", ImageBuilder(.core).entry(.core(name: "made")).bytes)
    try folder.write("mm-1.img", ImageBuilder(.mm).entry(.memory()).bytes)
    try folder.write(
        "ids-1.img", ImageBuilder(.ids).entry((1...4).reduce(MessageBuilder()) { $0.varint(UInt32($1), 1) }).bytes)
    var (table, list) = (ImageBuilder(.fdinfo), ImageBuilder(.files))
    let owner = (1...5).reduce(MessageBuilder()) { $0.varint(UInt32($1), 0) }
    for (place, opened) in files.enumerated() {
        let id = UInt64(place + 1)
        let (type, field, message): (UInt64, UInt32, MessageBuilder) =
            switch opened.file {
            case .path(let path):
                (1, 3, MessageBuilder().varint(1, id).varint(2, 0).varint(3, 0).message(5, owner).text(6, path))
            case .pipe(let inode):
                (2, 18, MessageBuilder().varint(1, id).varint(2, inode).varint(3, 0).message(4, owner))
            case .socket(let inode, let port, let peer): (4, 4, socket(id, inode, port, peer, owner))
            }
        list = list.entry(MessageBuilder().varint(1, type).varint(2, id).message(field, message))
        table = table.entry(MessageBuilder().varint(1, id).varint(2, 0).varint(3, type).varint(4, UInt64(opened.fd)))
    }
    try folder.write("files.img", list.bytes)
    try folder.write("fdinfo-1.img", table.bytes)
    return try Checkpoint(directory: FilePath(folder.path))
}

private func socket(_ id: UInt64, _ inode: UInt64, _ port: UInt64, _ peer: UInt64, _ owner: MessageBuilder)
    -> MessageBuilder
{
    let head = MessageBuilder().varint(1, id).varint(2, inode).varint(3, 2).varint(4, 1).varint(5, 6).varint(6, 1)
    let ports = head.varint(7, port).varint(8, peer).varint(9, 2).varint(10, 0).varint(11, 0x0100_007F).varint(
        12, 0x0100_007F)
    let options = (1...6).reduce(MessageBuilder()) { $0.varint(UInt32($1), 0) }
    return ports.message(13, owner).message(14, options)
}

@Suite("Which descriptors and files are the same")
struct FileMatchingTests {
    /// What became of descriptors: `3=` the same file, `3~` another one, `3-` closed, `3+` opened; then sockets that are gone
    /// or new, by their ports before or after.
    private func found(_ before: [(Int, Opened)], _ after: [(Int, Opened)]) throws -> (kept: Bool, texts: [String]) {
        let folders = (try ScratchFolder(), try ScratchFolder())
        let (old, new) = (try checkpoint(before, in: folders.0), try checkpoint(after, in: folders.1))
        let processes = ProcessMatching(old, new).common
        #expect(processes.count == 1)
        let areKept = FileMatching.areInodesKept(old, new, processes)
        #expect(areKept == FileMatching.areInodesKept(new, old, processes.map { ($0.after, $0.before) }))
        let pairs = DescriptorMatching(
            old.descriptors(of: processes[0].before), new.descriptors(of: processes[0].after), areInodesKept: areKept
        ).pairs
        let files = pairs.filter(\.isSameFile).map {
            FilePair(before: $0.before?.reference, after: $0.after?.reference)
        }
        let matching = FileMatching(old, new, files, areInodesKept: areKept)
        let texts = pairs.map { pair in
            let mark = pair.isSameFile ? "=" : pair.after == nil ? "-" : pair.before == nil ? "+" : "~"
            return "\(pair.number)\(mark)"
        }
        let lost = matching.lostSockets.map { $0.after == nil ? "gone" : "new" }
        return (areKept, texts + lost)
    }

    @Test("Descriptors are opened, closed, and lead to other paths")
    func paths() throws {
        let result = try found(
            [(3, .path("/a")), (4, .path("/b")), (5, .path("/c"))],
            [(3, .path("/a")), (4, .path("/x")), (6, .path("/c"))])
        #expect(result.kept && result.texts == ["3=", "4~", "5-", "6+"])
    }

    @Test("A number that a damaged image has twice: the first is the first, the second the second, and none is lost")
    func twice() throws {
        let two: [(Int, Opened)] = [(3, .path("/a")), (3, .path("/b"))]
        #expect(try found(two, two).texts == ["3=", "3="])
        #expect(try found(two, two + [(3, .path("/c"))]).texts == ["3=", "3=", "3+"])
        #expect(try found(two, [(3, .path("/a"))]).texts == ["3=", "3-"])
    }

    @Test("As long as one number is kept, pipes and sockets with other numbers are others")
    func kept() throws {
        let result = try found(
            [(3, .pipe(70)), (4, .pipe(71)), (5, .socket(80, 1000, 2000))],
            [(3, .pipe(70)), (4, .pipe(99)), (5, .socket(81, 1000, 2000))])
        #expect(result.kept && result.texts == ["3=", "4~", "5~", "gone", "new"])
    }

    @Test("Where no number is kept, they are those of another boot, and pipes and sockets are found by what they are")
    func renumbered() throws {
        let result = try found(
            [(3, .pipe(70)), (5, .socket(80, 1000, 2000)), (6, .socket(81, 1000, 2001))],
            [(3, .pipe(90)), (5, .socket(91, 1000, 2000)), (6, .socket(92, 1000, 3000))])
        #expect(!result.kept && result.texts == ["3=", "5=", "6~", "gone", "new"])
    }

    @Test("A connected socket is the one that was not connected, and is found behind another descriptor")
    func moved() throws {
        let result = try found(
            [(3, .pipe(70)), (4, .socket(80, 0, 0)), (5, .socket(81, 1, 2))],
            [(3, .pipe(70)), (4, .socket(80, 1000, 2000)), (9, .socket(81, 1, 2))])
        #expect(result.texts == ["3=", "4=", "5-", "9+"])
    }
}
