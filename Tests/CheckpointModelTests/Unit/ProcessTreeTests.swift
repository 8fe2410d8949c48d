import CRIUImages
import CheckpointModel
import CheckpointTestSupport
import Testing

@Suite("Process trees that no kernel makes")
struct ProcessTreeTests {
    @Test("A process whose parent is not there becomes a root, and is reported")
    func missingParent() throws {
        let checkpoint = tree([(1, 0), (2, 9), (3, 2)])
        #expect(shape(checkpoint) == ["1 0", "2 0", "3 1"])
        let problem = try #require(checkpoint.damage.first)
        #expect(checkpoint.damage.count == 1)
        #expect(problem.image == "pstree.img" && problem.entry == 1 && problem.code == "no-parent-process")
        #expect(problem.detail == "the parent 9 of process 2 is not there")
    }

    @Test("A process that is its own parent becomes a root")
    func ownParent() {
        let checkpoint = tree([(1, 0), (2, 2)])
        #expect(shape(checkpoint) == ["1 0", "2 0"])
        #expect(checkpoint.damage.map(\.entry) == [1])
    }

    @Test("Processes that are each other's ancestors are all listed, once")
    func cycle() {
        let checkpoint = tree([(1, 0), (2, 4), (3, 2), (4, 3), (5, 4)])
        #expect(shape(checkpoint) == ["1 0", "2 0", "3 1", "4 2", "5 3"])
        #expect(checkpoint.damage.map(\.detail) == ["process 2 is its own ancestor"])
    }

    @Test("Two processes of one pid are both listed")
    func duplicate() {
        let checkpoint = tree([(1, 0), (2, 1), (2, 1), (3, 2)])
        #expect(shape(checkpoint) == ["1 0", "2 1", "3 2", "2 1"])
        #expect(checkpoint.damage.map(\.detail) == ["two processes have the pid 2"])
        #expect(checkpoint.damage.map(\.entry) == [2])
    }

    @Test("Children in the order of the image, whatever the order of parents")
    func order() {
        #expect(shape(tree([(3, 1), (2, 1), (4, 3), (1, 0)])) == ["1 0", "3 1", "4 2", "2 1"])
    }

    @Test("A tree of 10,000 generations")
    func deep() throws {
        let checkpoint = tree((1...10_000).map { ($0, $0 - 1) })
        let processes = try #require(checkpoint.processes.value)
        #expect(processes.map(\.depth) == Array(0..<10_000))
        #expect(checkpoint.damage == [])
    }

    @Test("Without a core image state, name and end are missing, and nothing else")
    func noCore() throws {
        var source = MemorySource()
        source.addProcesses([(1, 0), (2, 1)])
        source.images["core-2.img"] = nil
        let process = try #require(source.open().process(2))
        #expect(process.parentID.value == 1)
        #expect(process.state.absence?.reason == .noImage)
        #expect(process.name.absence?.reason == .noImage)
        #expect(process.exitCode.absence?.reason == .noImage)
        #expect(process.threads.map(\.id) == [2])
    }

    @Test("A core image without the part about the task")
    func noTask() throws {
        var source = MemorySource()
        source.addProcesses([(1, 0)])
        source["core-1.img"] = ImageBuilder(.core).entry(MessageBuilder().varint(1, 1))
        let process = try #require(source.open().process(1))
        #expect(process.state.absence?.reason == .notRecorded)
        #expect(process.name.absence == Absence(.notRecorded, "core-1.img has no task part"))
    }

    @Test("States and ends", arguments: [(1, "alive"), (2, "zombie"), (3, "stopped"), (6, "zombie"), (77, nil)])
    func states(_ number: UInt64, _ name: String?) throws {
        var source = MemorySource()
        source.addProcesses([(1, 0)])
        source["core-1.img"] = ImageBuilder(.core).entry(.core(name: "x", state: number))
        let process = try #require(source.open().process(1))
        #expect(process.state.value?.rawValue == UInt32(number))
        #expect(process.state.value?.name == name)
        #expect((process.exitCode.value != nil) == (name == "zombie"))
    }

    @Test("Wait statuses")
    func waitStatuses() {
        #expect(ExitCode(waitStatus: 0) == .exited(0))
        #expect(ExitCode(waitStatus: 0xFF00) == .exited(255))
        #expect(ExitCode(waitStatus: 9) == .killed(signal: Signal(9, .common), dumpedCore: false))
        // The number is SIGUSR1 elsewhere.
        #expect(ExitCode(waitStatus: 10, .mips) == .killed(signal: Signal(10, .mips), dumpedCore: false))
        #expect(Signal(10, .mips).name == "SIGBUS")
        #expect(ExitCode(waitStatus: 0x8B) == .killed(signal: Signal(11, .common), dumpedCore: true))
    }

    @Test("No tree at all, as in a pre-dump")
    func predump() {
        let checkpoint = MemorySource().open()
        #expect(checkpoint.processes.absence?.reason == .noImage)
        #expect(checkpoint.damage == [])
    }

    private func tree(_ processes: [(UInt32, UInt32)]) -> Checkpoint {
        var source = MemorySource()
        source.addProcesses(processes)
        return source.open()
    }

    /// Each process's pid and depth.
    private func shape(_ checkpoint: Checkpoint) -> [String] {
        (checkpoint.processes.value ?? []).map { "\($0.pid) \($0.depth)" }
    }
}
