import CRIUImages
import CheckpointTestSupport
import EvidenceText
import Testing

@testable import CheckpointModel

/// Types of files that no dump with known contents has, in images written by hand.
@Suite("Open files of rare types")
struct RareFileTests {
    private static let nobody = (1...5).reduce(MessageBuilder()) { $0.varint(UInt32($1), 0) }

    /// A checkpoint of process 1 whose descriptor 3 is a file.
    ///
    /// - Parameters:
    ///   - type: The type of file.
    ///   - field: The field of the entry that has the details.
    ///   - more: Sets further images.
    private func file(
        _ type: UInt64, _ field: UInt32, _ details: MessageBuilder, _ more: (inout MemorySource) -> Void = { _ in }
    ) throws -> (file: OpenFile, checkpoint: Checkpoint) {
        var source = MemorySource()
        source.addProcesses([(1, 0)])
        source["ids-1.img"] = ImageBuilder(.ids).entry((1...4).reduce(MessageBuilder()) { $0.varint(UInt32($1), 2) })
        source["fdinfo-2.img"] = ImageBuilder(.fdinfo).entry(
            MessageBuilder().varint(1, 7).varint(2, 1).varint(3, type).varint(4, 3))
        source["files.img"] = ImageBuilder(.files).entry(
            MessageBuilder().varint(1, type).varint(2, 7).message(field, details))
        more(&source)
        let checkpoint = source.open()
        let process = try #require(checkpoint.process(1))
        let descriptor = try #require(checkpoint.descriptors(of: process).value?.first)
        #expect(descriptor.origin == Origin("fdinfo-2.img", entry: 0))
        return (try #require(descriptor.file.value), checkpoint)
    }

    @Test("A descriptor of a namespace")
    func namespace() throws {
        let entry = MessageBuilder().varint(1, 7).varint(2, 10).varint(3, 0x4000_0000).varint(4, 0)
        let file = try file(14, 5, entry).file
        guard case .namespace(let namespace) = file.detail else { throw TruthError(text: "no namespace") }
        #expect(namespace.id == 10 && namespace.kindName == "net")
        #expect(file.target.absence?.reason == .notRecorded)
        #expect(NamespaceFile(id: 1, kindFlag: 3).kindName == nil)
    }

    @Test("A tun device, whose path is in a regular file of the same id")
    func tun() throws {
        let entry = MessageBuilder().varint(1, 7).text(2, "tun0").varint(3, 1).varint(4, 9)
        let (file, checkpoint) = try file(15, 11, entry) { source in
            let regular = MessageBuilder().varint(1, 7).varint(2, 0x8002).varint(3, 0).message(5, Self.nobody)
                .text(6, "/dev/net/tun")
            source["files.img"] = source["files.img"].entry(
                MessageBuilder().varint(1, 1).varint(2, 7).message(3, regular))
        }
        guard case .tun(let tun) = file.detail else { throw TruthError(text: "no tun") }
        #expect(tun == TunFile(device: "tun0", isDetached: true, networkNamespaceID: 9))
        #expect(file.flags == .value(0x8002) && file.target == .value("/dev/net/tun"))
        #expect(checkpoint.uses(of: FileReference(type: .regular, id: 7)) == [.path(of: file.reference)])
    }

    @Test("A file that a plugin dumped")
    func external() throws {
        let owner = MessageBuilder().varint(1, 1).varint(2, 2).varint(3, 12).varint(4, 2).varint(5, 99)
        let file = try file(16, 15, MessageBuilder().varint(1, 7).message(5, owner)).file
        guard case .external = file.detail else { throw TruthError(text: "not external") }
        let found = try #require(file.owner.value)
        #expect(found.id == 99 && found.kind.name == "process group" && found.signal == 12)
        #expect(found.userID == 1 && found.effectiveUserID == 2)
    }

    @Test("A BPF map with what it held")
    func bpfMap() throws {
        let entry = MessageBuilder().varint(1, 7).varint(2, 2).varint(3, 0).message(4, Self.nobody).varint(5, 1)
            .varint(6, 4).varint(7, 2).varint(8, 55).varint(9, 16).varint(10, 0x81).varint(11, 4096).varint(12, 1)
            .text(13, "counts").varint(14, 0)
        let (file, checkpoint) = try file(19, 21, entry) { source in
            let data = MessageBuilder().varint(1, 55).varint(2, 8).varint(3, 4).varint(4, 2)
            source["bpfmap-data.img"] = ImageBuilder(.bpfmapData).entry(
                data, payload: Array("key1key2".utf8) + [1, 2, 3, 4])
        }
        guard case .bpfMap(let map) = file.detail else { throw TruthError(text: "no map") }
        #expect(map.typeName == "hash" && map.name == "counts" && map.isFrozen && map.capacity == 16)
        #expect(map.flagNames == ["BPF_F_NO_PREALLOC", "BPF_F_RDONLY_PROG"])
        let content = try #require(checkpoint.content(of: map).value)
        #expect(content.count == 2)
        #expect(content.keys.prefix(99) == Array("key1key2".utf8) && content.values.prefix(99) == [1, 2, 3, 4])
    }

    @Test("A process descriptor whose process had ended")
    func pidfd() throws {
        let entry = MessageBuilder().varint(1, 7).varint(2, 5).varint(3, 0).signed(4, -1).message(5, Self.nobody)
        guard case .pidfd(let handle) = try file(20, 22, entry).file.detail else { throw TruthError(text: "no pidfd") }
        #expect(handle.pid == nil && handle.inode == 5)
    }

    @Test("A type that is newer than this version")
    func unknown() throws {
        let file = try file(99, 60, MessageBuilder().varint(1, 7)).file
        guard case .unknown = file.detail else { throw TruthError(text: "known") }
        #expect(file.type == FileType(rawValue: 99) && file.type.name == nil)
    }

    @Test("A memfd whose memory no image describes")
    func memfd() throws {
        let entry = MessageBuilder().varint(1, 7).varint(2, 2).varint(3, 0).message(4, Self.nobody).varint(5, 3)
        let file = try file(18, 20, entry).file
        guard case .memfd(let memory) = file.detail else { throw TruthError(text: "no memfd") }
        #expect(memory.inode.absence?.detail == "memfd.img does not have inode 3")
        #expect(file.target.absence != nil)
    }

    @Test("Ids of remaps in old images tell ghosts by their top bit")
    func oldRemaps() throws {
        let regular = MessageBuilder().varint(1, 7).varint(2, 0).varint(3, 0).message(5, Self.nobody).text(6, "/x")
        let (file, checkpoint) = try file(1, 3, regular) { source in
            source["remap-fpath.img"] = ImageBuilder(.remapFpath)
                .entry(MessageBuilder().varint(1, 7).varint(2, 0x8000_000A))
                .entry(MessageBuilder().varint(1, 8).varint(2, 9))
                .entry(MessageBuilder().varint(1, 9).varint(2, 300).varint(3, 2))
                .entry(MessageBuilder().varint(1, 10).varint(2, 300).varint(3, 7))
        }
        #expect(checkpoint.remap(of: file) == .ghost(number: 10))
        #expect(file.isDeleted)
        #expect(checkpoint.ghosts.isEmpty)
        #expect(checkpoint.problems.map(\.image).contains("ghost-file-a.img"))
    }

    @Test("A hostile socket: groups without end, a fanout, a filter")
    func sockets() throws {
        let options = (1...6).reduce(MessageBuilder()) { $0.varint(UInt32($1), 0) }.fixed64(16, 0x0006_0102_0000_FFFF)
            .varint(9, .max & 0xFFFF_FFFF)
        let ring = MessageBuilder().varint(1, 4096).varint(2, 8).varint(3, 2048).varint(4, 16).varint(5, 60)
            .varint(6, 0).varint(7, 1)
        let packet = MessageBuilder().varint(1, 7).varint(2, 3).varint(3, 0x0608).varint(4, 2).varint(5, 3)
            .message(6, Self.nobody).message(7, options).varint(8, 2).varint(9, 0).varint(10, 1).varint(11, 0)
            .varint(12, 1).varint(13, 0).varint(14, 0).varint(15, 0)
            .message(16, MessageBuilder().varint(1, 3).varint(2, 1).bytes(3, []))
            .varint(17, 0x0001_0007).message(18, ring)
        let socket = try #require(file(10, 6, packet).file.socket)
        guard case .packet(let details) = socket.specifics else { throw TruthError(text: "no packet socket") }
        #expect(details.fanout == .init(id: 7, method: 1) && details.receiveRing?.frameCount == 16)
        #expect(details.sendRing == nil && details.options == ["PACKET_AUXDATA", "PACKET_VNET_HDR"])
        #expect(details.memberships.map(\.typeName) == ["promiscuous"])
        #expect(socket.options.filter == [.init(code: 6, jumpTrue: 1, jumpFalse: 2, operand: 0xFFFF)])
        #expect(socket.networkProtocol == 0x0806)
    }
}
