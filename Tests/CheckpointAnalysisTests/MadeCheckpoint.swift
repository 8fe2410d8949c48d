import CRIUImages
import CheckpointModel
import CheckpointTestSupport
import SystemPackage
import Testing

/// A checkpoint that a test has written: process 1 with memory.
struct MadeCheckpoint {
    let checkpoint: Checkpoint
    private let folder: ScratchFolder

    /// A snapshot's page runs and pages.
    struct Snapshot {
        var runs: [MessageBuilder]
        var pages: [UInt8]
    }

    /// - Parameters:
    ///   - areas: The memory areas.
    ///   - snapshots: The dump, its parent, and so on.
    ///   - shared: The pages of shared memory, by its number.
    ///   - images: Other images, or such as take the place of those that are made of the rest.
    init(
        areas: [MessageBuilder], _ snapshots: [Snapshot], shared: [UInt32: Snapshot] = [:],
        images: [String: [UInt8]] = [:]
    ) throws {
        let folder = try ScratchFolder()
        self.folder = folder
        var path = ""
        for (level, snapshot) in snapshots.enumerated() {
            if level > 0 {
                try folder.makeFolder("\(path)parent")
                path += "parent/"
            }
            try folder.write(
                path + "inventory.img", ImageBuilder(.inventory).entry(MessageBuilder().varint(1, 2)).bytes)
            try Self.write(snapshot, in: folder, path + "pagemap-1.img", path + "pages-1.img", pages: 1)
        }
        let process = MessageBuilder().varint(1, 1).varint(2, 0).varint(3, 1).varint(4, 1).varint(5, 1)
        try folder.write("pstree.img", ImageBuilder(.pstree).entry(process).bytes)
        try folder.write("core-1.img", ImageBuilder(.core).entry(.core(name: "made")).bytes)
        try folder.write("mm-1.img", ImageBuilder(.mm).entry(.memory(areas: areas)).bytes)
        for (number, snapshot) in shared {
            let name = "pages-\(number + 100).img"
            try Self.write(snapshot, in: folder, "pagemap-shmem-\(number).img", name, pages: UInt64(number + 100))
        }
        for (name, bytes) in images { try folder.write(name, bytes) }
        checkpoint = try Checkpoint(directory: FilePath(folder.path))
    }

    /// A checkpoint of one snapshot.
    ///
    /// - Parameters:
    ///   - areas: The memory areas.
    ///   - pages: The pages that the process has of its own, ascending, by their addresses.
    init(
        _ areas: [MessageBuilder], _ pages: [(address: UInt64, bytes: [UInt8])] = [],
        shared: [UInt32: Snapshot] = [:], images: [String: [UInt8]] = [:]
    ) throws {
        let snapshot = Snapshot(
            runs: pages.map { .run($0.address, UInt64($0.bytes.count) / 4096) }, pages: pages.flatMap(\.bytes))
        try self.init(areas: areas, [snapshot], shared: shared, images: images)
    }

    private static func write(
        _ snapshot: Snapshot, in folder: ScratchFolder, _ map: String, _ name: String, pages: UInt64
    ) throws {
        let head = ImageBuilder(.pagemap).entry(MessageBuilder().varint(1, pages))
        try folder.write(map, snapshot.runs.reduce(head) { $0.entry($1) }.bytes)
        try folder.write(name, snapshot.pages)
    }

    var path: String { folder.path }
}

/// A page of zeros with a text at an offset; what does not fit is left out.
func page(_ text: String = "", at offset: Int = 0) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 4096)
    for (index, byte) in text.utf8.enumerated() where (0..<4096).contains(offset + index) {
        bytes[offset + index] = byte
    }
    return bytes
}
