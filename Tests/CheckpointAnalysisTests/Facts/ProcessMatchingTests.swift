import CRIUImages
import CheckpointAnalysis
import CheckpointModel
import CheckpointTestSupport
import SystemPackage
import Testing

/// A process that a test makes up.
private struct Made {
    let pid: Int
    let parent: Int
    var name = "made"
    /// Where its code, stack and arguments begin; nil for a process that has ended.
    var start: UInt64? = 0x1000
    /// The id of its program's file.
    var program: UInt64 = 1
    var threads: [Int] = []
}

/// A checkpoint of processes with nothing but identities.
private func checkpoint(_ processes: [Made], in folder: ScratchFolder) throws -> Checkpoint {
    try folder.write("inventory.img", ImageBuilder(.inventory).entry(MessageBuilder().varint(1, 2)).bytes)
    var tree = ImageBuilder(.pstree)
    for made in processes {
        let ids = ([made.pid] + made.threads).map { UInt64($0) }
        let entry = MessageBuilder().varint(1, UInt64(made.pid)).varint(2, UInt64(made.parent)).varint(3, 1).varint(
            4, 1)
        tree = tree.entry(ids.reduce(entry) { $0.varint(5, $1) })
        let state: UInt64 = made.start == nil ? 2 : 1
        for id in ids {
            try folder.write("core-\(id).img", ImageBuilder(.core).entry(.core(name: made.name, state: state)).bytes)
        }
        guard let start = made.start else { continue }
        let bounds = (1...7).reduce(MessageBuilder()) { $0.varint(UInt32($1), start) }
        let memory = bounds.varint(8, start).varint(9, start).varint(10, start).varint(11, start).varint(
            12, made.program)
        try folder.write("mm-\(made.pid).img", ImageBuilder(.mm).entry(memory).bytes)
    }
    try folder.write("pstree.img", tree.bytes)
    var files = ImageBuilder(.files)
    for id in Set(processes.map(\.program)).sorted() {
        let file = MessageBuilder().varint(1, id).varint(2, 0).varint(3, 0)
            .message(5, (1...5).reduce(MessageBuilder()) { $0.varint(UInt32($1), 0) }).text(6, "/bin/program-\(id)")
        files = files.entry(MessageBuilder().varint(1, 1).varint(2, id).message(3, file))
    }
    try folder.write("files.img", files.bytes)
    return try Checkpoint(directory: FilePath(folder.path))
}

@Suite("Which processes are the same")
struct ProcessMatchingTests {
    /// Pairs as text: `1=1`, `2-` for gone, `+3` for new, with `!` where the id is another process's on the other side.
    private func pairs(_ before: [Made], _ after: [Made]) throws -> [String] {
        let folders = (try ScratchFolder(), try ScratchFolder())
        let (old, new) = (try checkpoint(before, in: folders.0), try checkpoint(after, in: folders.1))
        let forward = ProcessMatching(old, new).pairs
        let back = ProcessMatching(new, old).pairs
        #expect(
            Set(forward.map { "\($0.before?.pid ?? 0) \($0.after?.pid ?? 0)" })
                == Set(back.map { "\($0.after?.pid ?? 0) \($0.before?.pid ?? 0)" }))
        return forward.map { pair in
            let mark = pair.isIDReused ? "!" : ""
            switch (pair.before?.pid, pair.after?.pid) {
            case (let old?, let new?): return "\(old)=\(new)"
            case (let old?, nil): return "\(old)-\(mark)"
            case (nil, let new?): return "+\(new)\(mark)"
            case (nil, nil): return "?"
            }
        }
    }

    @Test("An id with the same address space is the same process, whatever its name")
    func same() throws {
        let found = try pairs(
            [Made(pid: 1, parent: 0), Made(pid: 2, parent: 1, name: "a")],
            [Made(pid: 1, parent: 0), Made(pid: 2, parent: 1, name: "b")])
        #expect(found == ["1=1", "2=2"])
    }

    @Test("Processes come and go in the order of the trees")
    func order() throws {
        let found = try pairs(
            [Made(pid: 1, parent: 0), Made(pid: 2, parent: 1), Made(pid: 3, parent: 1)],
            [Made(pid: 1, parent: 0), Made(pid: 3, parent: 1), Made(pid: 4, parent: 1)])
        #expect(found == ["1=1", "2-", "3=3", "+4"])
    }

    @Test("An id with another program and address space is another process")
    func reused() throws {
        let found = try pairs(
            [Made(pid: 1, parent: 0), Made(pid: 2, parent: 1, start: 0x2000, program: 2)],
            [Made(pid: 1, parent: 0), Made(pid: 2, parent: 1, start: 0x3000, program: 3)])
        #expect(found == ["1=1", "+2!", "2-!"])
    }

    @Test("The same program under the same parent may have begun anew, and the first process may run another")
    func executed() throws {
        let found = try pairs(
            [Made(pid: 1, parent: 0, start: 0x1000, program: 1), Made(pid: 2, parent: 1, start: 0x2000, program: 2)],
            [Made(pid: 1, parent: 0, start: 0x9000, program: 9), Made(pid: 2, parent: 1, start: 0x3000, program: 2)])
        #expect(found == ["1=1", "2=2"])
    }

    @Test("A process that ended is the same, if its parent and name are")
    func ended() throws {
        let found = try pairs(
            [Made(pid: 1, parent: 0), Made(pid: 2, parent: 1, name: "a"), Made(pid: 3, parent: 1, name: "b")],
            [
                Made(pid: 1, parent: 0), Made(pid: 2, parent: 1, name: "a", start: nil),
                Made(pid: 3, parent: 1, name: "c", start: nil),
            ])
        #expect(found == ["1=1", "2=2", "+3!", "3-!"])
    }

    @Test("A restored copy with other ids is the same, and its threads are")
    func copy() throws {
        let before = [
            Made(pid: 10, parent: 0, threads: [11]), Made(pid: 12, parent: 10, name: "a"),
            Made(pid: 13, parent: 10, name: "b"), Made(pid: 14, parent: 13, name: "a"),
        ]
        let after = [
            Made(pid: 20, parent: 0, threads: [25]), Made(pid: 12, parent: 20, name: "b"),
            Made(pid: 21, parent: 12, name: "a"), Made(pid: 22, parent: 20, name: "a"),
        ]
        #expect(try pairs(before, after).sorted() == ["10=20", "12=22", "13=12", "14=21"])
    }

    @Test("A worker that ended and one that began are two, though their address spaces are alike")
    func workers() throws {
        let found = try pairs(
            [Made(pid: 1, parent: 0), Made(pid: 2, parent: 1)], [Made(pid: 1, parent: 0), Made(pid: 3, parent: 1)])
        #expect(found == ["1=1", "+3", "2-"])
    }
}
