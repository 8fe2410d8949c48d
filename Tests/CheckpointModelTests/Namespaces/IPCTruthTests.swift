import CheckpointModel
import CheckpointTestSupport
import EvidenceText
import Testing

/// Compares System V objects with what the workload made.
@Suite("The IPC objects of dumps with known contents")
struct IPCTruthTests {
    private static func objects(_ name: String) throws -> IPCObjects {
        let checkpoint = try KnownCheckpoint.named(name).checkpoint
        let namespace = try #require(checkpoint.namespaces.first { $0.kind == .ipc })
        return try #require(checkpoint.ipcObjects(of: namespace).value)
    }

    private static func truth() throws -> NamespaceTruth.Fact {
        try #require(NamespaceTruth("container").facts.first { $0.kind == "sysv" })
    }

    @Test("Message queues with their messages")
    func queues() throws {
        let truth = try #require(IPCTruthTests.truth().msg)
        let queue = try #require(IPCTruthTests.objects("container").queues.value?.first)
        #expect(queue.permissions.id == truth.id)
        #expect(try UInt64(queue.permissions.key) == UInt64(hexadecimalText: truth.key))
        #expect(queue.messages.map(\.type) == truth.messages.map(\.type))
        #expect(queue.messages.map { $0.content.prefix(100) } == truth.messages.map(\.text))
        #expect(queue.byteCount == UInt64(truth.messages.reduce(0) { $0 + $1.text.count }))
        #expect(queue.permissions.mode == 0o600 && queue.byteLimit == 16384)
        #expect(queue.origin == Origin("ipcns-msg-11.img", entry: 0))
    }

    @Test("Semaphores with their values")
    func semaphores() throws {
        let truth = try #require(IPCTruthTests.truth().sem)
        let sets = try #require(IPCTruthTests.objects("container").semaphores.value)
        #expect(sets.map(\.values) == [truth.values] && sets.map(\.permissions.id) == [truth.id])
        #expect(try sets.map { UInt64($0.permissions.key) } == [UInt64(hexadecimalText: truth.key)])
    }

    @Test("Shared memory segments with their contents, and who has them attached")
    func segments() throws {
        let truths = try #require(IPCTruthTests.truth().shm)
        let segments = try #require(IPCTruthTests.objects("container").segments.value)
        #expect(segments.map(\.permissions.id) == truths.map(\.id) && segments.map(\.size) == truths.map(\.size))
        for (segment, truth) in zip(segments, truths) {
            #expect(try UInt64(segment.permissions.key) == UInt64(hexadecimalText: truth.key))
            let content = try #require(segment.content.value)
            #expect(content.size == truth.size && content.missingCount == 0)
            let bytes = content.prefix(Int(truth.size))
            for (offset, text) in [(4096, truth.at_4096), (0, truth.at_0)] {
                guard let text else { continue }
                #expect(Array(bytes[offset...].prefix(text.utf8.count)) == Array(text.utf8))
            }
        }
        // The workload says at which address of process 1 the text is that is one page into the first segment.
        #expect(segments.map(\.attachments.count) == [1, 0])
        let attachment = try #require(segments.first?.attachments.first)
        #expect(attachment.pid == 1 && attachment.addresses.lowerBound == 0x7f48_0c33_4000 - 4096)
        #expect(attachment.isWritable && !segments[0].isMarkedForRemoval)
    }

    @Test("A segment that goes with its last process, of a dump without other namespaces")
    func removal() throws {
        let segments = try #require(IPCTruthTests.objects("memory").segments.value)
        #expect(segments.count == 1 && segments[0].isMarkedForRemoval)
        #expect(segments[0].attachments.map(\.pid) == [4835, 4836])
        let bytes = try #require(segments[0].content.value).prefix(8192)
        #expect(Array(bytes[4104...].prefix(19)) == Array("System V segment 23".utf8))
        #expect(try IPCTruthTests.objects("memory").queues.value?.isEmpty == true)
    }

    @Test("Settings by name")
    func settings() throws {
        let settings = try #require(IPCTruthTests.objects("container").settings.value)
        func value(_ name: ByteText) -> ByteText? { settings.first { $0.name == name }?.value.value }
        // The workload set the first; crit prints all of them.
        #expect(value("kernel.msgmax") == "9999" && value("kernel.sem") == "32000 1024000000 500 32000")
        #expect(value("kernel.shmmax") == "18446744073692774399" && value("fs.mqueue.msg_default") == "10")
        #expect(settings.count == 14)
    }
}
