import CRIUImages
import CheckpointTestSupport
import EvidenceText
import Testing

@testable import CheckpointModel

@Suite("Processes that no process tree tells of")
struct LostProcessTests {
    /// Images of processes 1 and 5, and of thread 3, whose number the memories of some processes hold.
    private func source(numberIn holders: [UInt32], byteOrder: ByteOrder = .little) -> MemorySource {
        var source = MemorySource()
        source.addProcesses([(1, 0), (5, 1)])
        source.images["pstree.img"] = nil
        let thread = MessageBuilder().varint(1, 1).message(2, .x86(original: 0)).message(5, .threadCore())
        source["core-3.img"] = ImageBuilder(.core, byteOrder: byteOrder).entry(thread)
        for pid in [1, 5] as [UInt32] {
            let head = ImageBuilder(.pagemap).entry(MessageBuilder().varint(1, UInt64(pid)))
            source["pagemap-\(pid).img"] = head.entry(.run(0xC000, 1))
            var page: [UInt8] = Array(repeating: 0, count: 4096)
            // Where the registers made by hand say that the kernel is to clear the number.
            if holders.contains(pid) { page[byteOrder == .little ? 0x1EA : 0x1ED] = 3 }
            source.images["pages-\(pid).img"] = page
        }
        return source
    }

    private func threads(_ checkpoint: Checkpoint) -> [[Int]] {
        (checkpoint.processes.value ?? []).map { $0.threads.map(\.id) }
    }

    @Test("Are told by their own images, and nothing is made up")
    func told() throws {
        let checkpoint = source(numberIn: [1]).open()
        let processes = try #require(checkpoint.processes.value)
        #expect(processes.map(\.pid) == [1, 5])
        #expect(processes.map(\.name.value) == ["task-1", "task-5"])
        #expect(processes.allSatisfy { $0.imageIndex == nil && $0.depth == 0 })
        for kin in processes.flatMap({ [$0.parentID, $0.groupID, $0.sessionID] }) {
            #expect(kin.absence == Absence(.noImage, "pstree.img is not there"))
        }
        let problem = try #require(checkpoint.problems.first { $0.image == "pstree.img" })
        #expect(problem.code == "no-image")
        #expect(
            problem.detail == "is not there: 2 processes are told by other images, without parents, groups and sessions"
        )
    }

    @Test("A thread is of the process whose memory has its number", arguments: [1, 5] as [UInt32])
    func owner(_ holder: UInt32) {
        for order in [ByteOrder.little, .big] {
            let checkpoint = source(numberIn: [holder], byteOrder: order).open()
            #expect(threads(checkpoint) == (holder == 1 ? [[1, 3], [5]] : [[1], [5, 3]]))
            #expect(checkpoint.damage == [])
        }
    }

    @Test("A thread that no memory tells of, or more than one, is of none", arguments: [[], [1, 5]] as [[UInt32]])
    func noOwner(_ holders: [UInt32]) {
        let checkpoint = source(numberIn: holders).open()
        #expect(threads(checkpoint) == [[1], [5]])
        #expect(checkpoint.damage.map(\.code) == ["lost-thread"])
        #expect(checkpoint.damage.map(\.image) == ["core-3.img"])
    }

    @Test("A thread that is of a process that the tree lists without it is not passed over")
    func unlisted() {
        var source = source(numberIn: [1])
        source["pstree.img"] = ImageBuilder(.pstree).entry(MessageBuilder().fields(from: 1, [1, 0, 1, 1, 1])).raw([9])
        let checkpoint = source.open()
        #expect(threads(checkpoint) == [[1], [5]])
        #expect(checkpoint.damage.map(\.code) == ["truncated-size", "lost-thread", "lost-processes"])
        #expect(checkpoint.damage[1].detail == "the tree does not list the thread 3, which is in the memory of 1")
    }

    @Test("One that was not dumped to its end has what was")
    func unfinished() throws {
        var source = source(numberIn: [1])
        source["ids-7.img"] = ImageBuilder(.ids).entry(MessageBuilder().fields(from: 1, [1, 2, 3, 4]))
        source["fdinfo-2.img"] = ImageBuilder(.fdinfo)
        let process = try #require(source.open().process(7))
        #expect(process.state.absence?.reason == .noImage)
        #expect(process.descriptorTable.value == 2)
        #expect(process.threads.map(\.id) == [7])
    }

    @Test("Of a tree that is cut off, the rest")
    func cut() throws {
        var source = MemorySource()
        source.addProcesses([(1, 0), (2, 1), (3, 1)])
        source.images["pstree.img"]?.removeLast(5)
        let checkpoint = source.open()
        let processes = try #require(checkpoint.processes.value)
        #expect(processes.map(\.pid) == [1, 2, 3])
        #expect(processes.map(\.imageIndex) == [0, 1, nil])
        #expect(processes.map(\.parentID.value) == [0, 1, nil])
        #expect(processes[2].parentID.absence?.reason == .damaged)
        #expect(checkpoint.damage.map(\.code) == ["size-beyond-end", "lost-processes"])
    }

    @Test("Of a tree without entries, all")
    func empty() {
        var source = source(numberIn: [1])
        source["pstree.img"] = ImageBuilder(.pstree)
        #expect(threads(source.open()) == [[1, 3], [5]])
        #expect(source.open().damage.map(\.code) == ["lost-processes"])
    }

    @Test("Images that a whole tree does not call for are left of something else")
    func stale() {
        var source = MemorySource()
        source.addProcesses([(1, 0)])
        source["core-9.img"] = ImageBuilder(.core).entry(.core(name: "other"))
        #expect(source.open().processes.value?.map(\.pid) == [1])
        #expect(source.open().damage == [])
    }

    @Test("A pre-dump has pages only")
    func predump() {
        var source = source(numberIn: [])
        source.images = source.images.filter { !$0.key.hasPrefix("core-") }
        #expect(source.open().processes.absence?.reason == .noImage)
        #expect(source.open().damage == [])
    }

    @Test("Ten thousand threads of ten thousand processes are not tried one with another")
    func many() throws {
        var source = source(numberIn: [])
        let core = source.images["core-3.img"]
        for id in 10...10_000 as ClosedRange<UInt32> {
            source.images["core-\(id + 10_000).img"] = core
            source.images["pagemap-\(id).img"] = source.images["pagemap-1.img"]
        }
        let checkpoint = quickly { source.open() }
        #expect(checkpoint.processes.value?.count == 9993)
        #expect(checkpoint.damage.count { $0.code == "lost-thread" } == 9992)
    }
}
