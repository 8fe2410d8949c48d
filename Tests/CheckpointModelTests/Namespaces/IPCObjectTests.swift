import CRIUImages
import CheckpointTestSupport
import EvidenceText
import Testing

@testable import CheckpointModel

/// IPC objects made by hand.
@Suite("IPC objects")
struct IPCObjectTests {
    private static func object(_ id: UInt64, mode: UInt64 = 0o600) -> MessageBuilder {
        MessageBuilder().varint(1, 0xABCD).varint(2, 1).varint(3, 2).varint(4, 3).varint(5, 4).varint(6, mode)
            .varint(7, id)
    }

    private func objects(_ source: MemorySource) throws -> (IPCObjects, Checkpoint) {
        let checkpoint = source.open()
        let namespace = try #require(checkpoint.namespaces.first { $0.kind == .ipc })
        return (try #require(checkpoint.ipcObjects(of: namespace).value), checkpoint)
    }

    @Test("Semaphores of a machine of either order of bytes", arguments: [ByteOrder.little, .big])
    func semaphores(_ order: ByteOrder) throws {
        var source = MemorySource.contained(order)
        var image = ImageBuilder(.ipcnsSem, byteOrder: order).entry(
            MessageBuilder().message(1, Self.object(5)).varint(2, 3))
        for value in [1, 300, 32767, 0] as [UInt16] { image.append(halfWord: value) }
        source["ipcns-sem-11.img"] = image
        let (objects, _) = try objects(source)
        let set = try #require(objects.semaphores.value?.first)
        #expect(set.values == [1, 300, 32767])
        #expect(
            set.permissions.owner == .init(user: 1, group: 2) && set.permissions.creator == .init(user: 3, group: 4))
    }

    @Test("A segment whose content stands in the image, and one whose page map is not there")
    func segments() throws {
        var source = MemorySource.contained()
        source["ipcns-shm-11.img"] = ImageBuilder(.ipcnsShm)
            .entry(
                MessageBuilder().message(1, Self.object(0, mode: 0o1600)).varint(2, 6),
                payload: [1, 2, 3, 4, 5, 6, 0, 0]
            )
            .entry(MessageBuilder().message(1, Self.object(1)).varint(2, 4096).varint(3, 1).varint(4, 0o4000))
        let (objects, checkpoint) = try objects(source)
        let segments = try #require(objects.segments.value)
        #expect(segments[0].content.value?.prefix(10) == [1, 2, 3, 4, 5, 6] && segments[0].isMarkedForRemoval)
        #expect(segments[1].content.absence?.reason == .noImage && segments[1].hugePages == 0o4000)
        #expect(segments.map(\.origin.entry) == [0, 1] && segments.allSatisfy { $0.attachments.isEmpty })
        #expect(checkpoint.problems.map(\.image).contains("pagemap-shmem-1.img"))
    }

    @Test("A queue that is cut off is a problem, and those before it are read")
    func cutQueue() throws {
        var source = MemorySource.contained()
        let queue = MessageBuilder().message(1, Self.object(0)).varint(2, 16384)
        source["ipcns-msg-11.img"] = ImageBuilder(.ipcnsMsg).entry(queue.varint(3, 0)).entry(queue.varint(3, 9))
            .raw([1, 0])
        let (objects, checkpoint) = try objects(source)
        #expect(objects.queues.value?.count == 1)
        #expect(checkpoint.problems.contains { $0.image == "ipcns-msg-11.img" && $0.entry == 1 })
    }
}
