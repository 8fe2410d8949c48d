import CheckpointModel
import EvidenceText
import Testing

/// Shared memory against what /proc said of the areas that map it.
@Suite("Shared memory of dumps with known contents")
struct SharedMemoryTruthTests {
    @Test("Areas of one object, in several processes, have the content that was there")
    func content() throws {
        let known = try KnownCheckpoint.named("memory")
        let objects = known.checkpoint.sharedMemory
        #expect(objects.map(\.kind) == [.sysv, .memfd, .anonymous])
        #expect(objects.map(\.id) == [0, 16655, 16656])
        for object in objects {
            let content = try #require(object.content.value)
            #expect(content.missingCount == 0)
            // For the System V area truth.json has the digest of zeros, though the workload says what it put there.
            for mapping in object.mappings where object.kind != .sysv {
                let process = try #require(known.processes.first { $0.process.pid == mapping.pid })
                let area = try #require(process.truth.areas.first { $0.addresses == mapping.addresses })
                let bytes = content.prefix(Int(clamping: object.size.value ?? 0))
                let part = bytes.dropFirst(Int(mapping.offset)).prefix(mapping.addresses.count)
                #expect(sha256(Array(part)) == area.contentHash, "\(object.name) in \(process)")
            }
        }
    }

    @Test("Who maps what")
    func mappings() throws {
        let checkpoint = try KnownCheckpoint.named("memory").checkpoint
        let anonymous = try #require(checkpoint.sharedMemory(16656))
        #expect(Set(anonymous.mappings.map(\.pid)) == [4835, 4836])
        let memfd = try #require(checkpoint.sharedMemory(16655))
        #expect(memfd.mappings.filter { !$0.isShared }.map(\.pid) == [4835, 4836])
        let segment = try #require(checkpoint.sharedMemory(0))
        #expect(segment.key == 0 && segment.size == .value(8192) && segment.name == "/SYSV00000000 (deleted)")
    }

    @Test("The planted patterns are in the content of the objects")
    func patterns() throws {
        let checkpoint = try KnownCheckpoint.named("memory").checkpoint
        let planted: [(UInt64, Int, String)] = [
            (16656, 8192 + 5, "shared anonymous, written by the parent 2"),
            (16656, 7, "shared anonymous, written by the child 26"), (16655, 32, "in a memfd, shared 21"),
            (0, 4096 + 8, "System V segment 23"),
        ]
        for (id, offset, text) in planted {
            let content = try #require(checkpoint.sharedMemory(id)?.content.value)
            let bytes = content.prefix(offset + text.utf8.count).dropFirst(offset)
            #expect(String(decoding: bytes, as: UTF8.self) == text)
        }
    }

    @Test("System V segments, attached or not", arguments: [(UInt64(0), 12288, 4096), (1, 8192, 0)])
    func segments(_ id: UInt64, _ size: Int, _ offset: Int) throws {
        let checkpoint = try KnownCheckpoint.named("container").checkpoint
        let object = try #require(checkpoint.sharedMemory(id))
        #expect(object.kind == .sysv && object.key == 0x5EED_0001 + UInt32(id))
        let content = try #require(object.content.value)
        #expect(content.size == UInt64(size))
        let wanted = "\(id == 0 ? "attached" : "detached") System V segment: IPC-SECRET-\(id + 1)"
        let found = content.prefix(offset + wanted.utf8.count).dropFirst(offset)
        #expect(String(decoding: found, as: UTF8.self) == wanted)
        #expect(object.mappings.isEmpty == (id == 1))
    }

    @Test("Pages of shared memory are counted", arguments: KnownCheckpoint.names)
    func counts(_ name: String) throws {
        for known in try KnownCheckpoint.named(name).processes where !known.truth.isZombie {
            for segment in try #require(known.memory.value).segments {
                guard let view = segment.sharedMemory else { continue }
                let counts = try #require(view.pages.value, "\(known)")
                #expect(counts.total <= segment.byteCount / 4096 && counts.lost == 0, "\(known)")
            }
        }
    }
}
