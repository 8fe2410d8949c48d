import CheckpointTestSupport
import EvidenceText
import Foundation
import SystemPackage
import Testing

@testable import CheckpointModel

/// Files and sockets of the containers that `fixtures/README.md` describes.
@Suite("Open files in archives of a container engine")
struct ArchiveFileTests {
    private func open(_ name: String) throws -> Checkpoint {
        try Checkpoint(path: FilePath(Scenario.fixtures.appending(path: "archives/\(name)").path))
    }

    @Test("The log that tail follows", arguments: ["tar", "tar.gz", "tar.zst"])
    func log(_ suffix: String) throws {
        let checkpoint = try open("shelltree." + suffix)
        let reference = try #require(checkpoint.file(pid: 9, descriptor: 3))
        let file = try #require(checkpoint.file(reference).value)
        #expect(file.target == .value("/var/log/app.log"))
        // All that was in the log had been read.
        guard case .path(let path) = file.detail else { throw TruthError(text: "not opened by path") }
        #expect(file.position == path.size)
        #expect(checkpoint.pipes.map(\.readers.isEmpty) == [true, true])
        #expect(checkpoint.files.allSatisfy { !checkpoint.uses(of: $0.reference).isEmpty })
    }

    @Test("The sockets of Redis, which its event loop watches", arguments: ["redis-before", "redis-after"])
    func redis(_ name: String) throws {
        let checkpoint = try open(name + ".tar.zst")
        let sockets = checkpoint.files.compactMap(\.socket)
        #expect(sockets.map(\.family).sorted() == [2, 10])
        for socket in sockets {
            guard case .ip(let address, let port) = socket.local else { throw TruthError(text: "no address") }
            #expect(port == 6379 && address.allSatisfy { $0 == 0 })
            #expect(socket.isListening && socket.backlog == 511 && socket.networkProtocol == 6)
        }
        let poll = try #require(checkpoint.files.first { $0.type == .epoll })
        guard case .epoll(let instance) = poll.detail else { throw TruthError(text: "no epoll") }
        let watched = instance.targets.compactMap { checkpoint.target(of: $0, in: poll.reference) }
        #expect(Set(watched.map(\.type)) == [.inetSocket, .pipe] && watched.count == 3)
    }
}
