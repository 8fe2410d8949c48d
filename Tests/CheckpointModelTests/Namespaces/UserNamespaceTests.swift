import CRIUImages
import CheckpointTestSupport
import EvidenceText
import Testing

@testable import CheckpointModel

/// Namespaces made by hand, of sorts that no fixture has.
@Suite("Namespaces")
struct UserNamespaceTests {
    private static func extent(_ inside: UInt64, _ outside: UInt64, _ count: UInt64) -> MessageBuilder {
        MessageBuilder().varint(1, inside).varint(2, outside).varint(3, count)
    }

    @Test("Ids of a rootless container, applied")
    func maps() throws {
        var source = MemorySource.contained()
        source["userns-16.img"] = ImageBuilder(.userns).entry(
            MessageBuilder().message(1, Self.extent(0, 1000, 1)).message(1, Self.extent(1, 100_000, 65536))
                .message(2, Self.extent(0, 1000, 1)))
        let checkpoint = source.open()
        let process = try #require(checkpoint.process(1))
        let maps = try #require(checkpoint.identityMaps(of: process).value)
        #expect(maps.outerUser(0) == 1000 && maps.outerUser(1) == 100_000 && maps.outerUser(65536) == 165_535)
        #expect(maps.outerUser(65537) == nil && maps.outerUser(.max) == nil)
        #expect(maps.outerGroup(0) == 1000 && maps.outerGroup(1) == nil)
        #expect(maps.origin == Origin("userns-16.img", entry: 0))
    }

    @Test("Ranges that pass the largest id")
    func overflow() {
        let range = IdentityMaps.Range(inside: 10, outside: .max - 1, count: .max)
        let maps = IdentityMaps(users: [range], groups: [], origin: Origin("userns-16.img"))
        #expect(maps.outerUser(10) == .max - 1 && maps.outerUser(11) == .max && maps.outerUser(12) == nil)
        #expect(maps.outerUser(9) == nil)
    }

    @Test("The image of a namespace that is not there is a problem")
    func missing() throws {
        let checkpoint = MemorySource.contained().open()
        let maps = checkpoint.identityMaps(of: try #require(checkpoint.process(1)))
        #expect(maps.absence?.reason == .noImage && checkpoint.problems.map(\.image) == ["userns-16.img"])
    }

    @Test("Descriptors lead to namespaces that nobody is in; of an unknown kind they are a problem")
    func handles() throws {
        var source = MemorySource.contained()
        func file(_ id: UInt64, _ namespace: UInt64, _ flag: UInt64) -> MessageBuilder {
            let entry = MessageBuilder().varint(1, id).varint(2, namespace).varint(3, flag).varint(4, 0)
            return MessageBuilder().varint(1, 14).varint(2, id).message(5, entry)
        }
        source["files.img"] = ImageBuilder(.files).entry(file(1, 10, 0x4000_0000)).entry(file(2, 30, 0x4000_0000))
            .entry(file(3, 31, 0x12345))
        source["fdinfo-2.img"] = (1...3).reduce(ImageBuilder(.fdinfo)) { image, id in
            image.entry(MessageBuilder().varint(1, UInt64(id)).varint(2, 0).varint(3, 14).varint(4, UInt64(id + 6)))
        }
        let checkpoint = source.open()
        let networks = checkpoint.namespaces.filter { $0.kind == .net }
        #expect(networks.map(\.id) == [10, 30] && networks.map(\.standing) == [.root, .nested])
        #expect(networks.map(\.handles.first?.descriptor) == [7, 8])
        let kept = try #require(networks.last)
        #expect(kept.processes.isEmpty && kept.origin == Origin("files.img", entry: 1))
        #expect(checkpoint.problems.map(\.code).contains("unknown-namespace"))
    }

    @Test("A namespace that only has images, such as one that a mount keeps")
    func images() throws {
        var source = MemorySource.contained()
        source["netns-40.img"] = ImageBuilder(.netns).entry(MessageBuilder().text(8, "kept"))
        let checkpoint = source.open()
        let namespace = try #require(checkpoint.namespaces.first { $0.id == 40 })
        #expect(namespace.kind == .net && namespace.processes.isEmpty && namespace.origin == Origin("netns-40.img"))
        #expect(checkpoint.externalKey(of: namespace) == .value("kept"))
    }

    @Test("Old images are named after the first process")
    func oldNames() throws {
        var source = MemorySource.contained()
        source["inventory.img"] = ImageBuilder(.inventory).entry(MessageBuilder().varint(1, 1))
        source["utsns-1.img"] = ImageBuilder(.utsns).entry(MessageBuilder().text(1, "old").text(2, "(none)"))
        let checkpoint = source.open()
        let namespace = try #require(checkpoint.namespaces.first { $0.kind == .uts })
        #expect(checkpoint.hostNames(of: namespace).value?.hostName == "old")
    }

    @Test("A pid namespace from outside")
    func externalPIDs() throws {
        var source = MemorySource.contained()
        source["pidns-9.img"] = ImageBuilder(.pidns).entry(MessageBuilder().text(1, "extRootPidNS"))
        let checkpoint = source.open()
        let namespace = try #require(checkpoint.namespaces.first { $0.kind == .pid })
        #expect(checkpoint.externalKey(of: namespace) == .value("extRootPidNS"))
        #expect(MemorySource.contained().open().namespaces.count == 8)
    }
}
