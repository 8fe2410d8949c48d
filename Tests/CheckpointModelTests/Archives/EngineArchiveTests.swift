import CheckpointTestSupport
import EvidenceText
import Foundation
import SystemPackage
import Testing

@testable import CheckpointModel

/// Archives that Podman made, plain and compressed.
@Suite("Archives of a container engine")
struct EngineArchiveTests {
    /// What `fixtures/README.md` says was running in the container `web`.
    private static let shellTree: [Int: [ByteText]] = [
        1: ["sleep", "100000"], 9: ["tail", "-f", "/var/log/app.log"], 10: ["sleep", "1000"],
    ]

    private func open(_ name: String) throws -> Checkpoint {
        try Checkpoint(path: FilePath(Scenario.fixtures.appending(path: "archives/\(name)").path))
    }

    @Test("The processes are the same in every compression", arguments: ["tar", "tar.gz", "tar.zst"])
    func processes(_ suffix: String) throws {
        let checkpoint = try open("shelltree." + suffix)
        let processes = try #require(checkpoint.processes.value)
        #expect(processes.map(\.pid) == [1, 8, 10, 9])
        #expect(processes.map(\.parentID.value) == [0, 1, 8, 1])
        for (pid, arguments) in EngineArchiveTests.shellTree {
            let process = try #require(checkpoint.process(pid))
            #expect(checkpoint.arguments(checkpoint.memory(of: process)).value == arguments)
        }
        let tail = try #require(checkpoint.process(9))
        #expect(checkpoint.directories(of: tail).value?.current.value?.target.value == "/tmp")
        #expect(checkpoint.problems.isEmpty)
    }

    @Test("The container is named as the engine named it", arguments: ["tar", "tar.gz", "tar.zst"])
    func container(_ suffix: String) throws {
        let container = try #require(try open("shelltree." + suffix).container.value)
        #expect(container.engine == .value(.podman))
        #expect(container.name.value == "web")
        #expect(container.image.name.value == "localhost/bbox:latest")
        #expect(container.runtime.value == "runc")
        #expect(container.times.checkpointed.absence?.reason == .notRecorded)
        #expect(container.pod.absence?.reason == .notApplicable)
    }

    @Test("Environment given by the engine is read from memory")
    func environment() throws {
        let checkpoint = try open("shelltree.tar.zst")
        let memory = checkpoint.memory(of: try #require(checkpoint.process(1)))
        #expect(checkpoint.environment(memory).value?.contains("API_TOKEN=not-a-real-secret") == true)
    }

    @Test("A server with threads and sockets", arguments: ["redis-before.tar.zst", "redis-after.tar.zst"])
    func redis(_ name: String) throws {
        let checkpoint = try open(name)
        let server = try #require(checkpoint.process(1))
        #expect(server.threads.count == 5)
        #expect(checkpoint.arguments(checkpoint.memory(of: server)).value?.first == "redis-server *:6379")
        let sockets = checkpoint.descriptors(of: server).value?.compactMap { $0.file.value?.socket } ?? []
        #expect(sockets.map(\.local).contains(.ip([0, 0, 0, 0], port: 6379)))
        #expect(checkpoint.container.value?.name.value == "cache")
    }

    @Test("Half of a compressed archive still shows the rest, and says so", arguments: ["tar", "tar.gz", "tar.zst"])
    func half(_ suffix: String) throws {
        let whole = try Data(contentsOf: Scenario.fixtures.appending(path: "archives/shelltree.\(suffix)"))
        let scratch = try ScratchFolder()
        // Far enough for the inventory, in any compression.
        try scratch.write("half", [UInt8](whole.prefix(whole.count * 9 / 10)))
        let checkpoint = try Checkpoint(path: FilePath(scratch.path("half")))
        #expect(checkpoint.inventory.value != nil)
        #expect(checkpoint.container.value?.name.value == "web")
        #expect(checkpoint.problems.contains { $0.code == "damaged-archive" })
        #expect(scratch.names == ["half"])
    }
}
