import CRIUImages
import CheckpointTestSupport
import EvidenceText
import Testing

@testable import CheckpointModel

/// Cgroups made by hand.
@Suite("Cgroups")
struct CgroupTests {
    private func group(_ name: String, _ children: [MessageBuilder] = []) -> MessageBuilder {
        let property = MessageBuilder().text(1, "memory.max").text(2, "max")
            .message(3, MessageBuilder().varint(1, 0o644).varint(2, 5).varint(3, 6))
        return children.reduce(MessageBuilder().text(1, name)) { $0.message(2, $1) }.message(3, property)
            .message(4, MessageBuilder().varint(1, 0o755).varint(2, 0).varint(3, 0))
    }

    private func table(_ cgroup: MessageBuilder, _ change: (inout MemorySource) -> Void = { _ in }) throws
        -> CgroupTable
    {
        var source = MemorySource.contained()
        source["cgroup.img"] = ImageBuilder(.cgroup).entry(cgroup)
        change(&source)
        return try #require(source.open().cgroups.value)
    }

    @Test("Nested cgroups, with their settings and permissions")
    func tree() throws {
        let controller = MessageBuilder().text(1, "cpu").text(1, "cpuacct")
            .message(2, group("/a", [group("b", [group("c")]), group("d")])).message(2, group("/")).varint(3, 1)
        let hierarchy = try #require(table(MessageBuilder().message(2, controller)).hierarchies.first)
        #expect(hierarchy.groups.map(\.path) == ["/a", "/a/b", "/a/b/c", "/a/d", "/"])
        #expect(hierarchy.groups.map(\.depth) == [0, 1, 2, 1, 0])
        #expect(hierarchy.controllers == ["cpu", "cpuacct"] && !hierarchy.isVersion2)
        #expect(hierarchy.isThreaded == .value(true))
        let property = try #require(hierarchy.groups.first?.properties.first)
        #expect(property.permissions == .value(.init(mode: 0o644, user: 5, group: 6)))
    }

    @Test("A frozen cgroup of version 2 may be so by CRIU", arguments: [("1", true), ("0", false)])
    func frozen(_ value: String, _ isPerhaps: Bool) throws {
        let property = MessageBuilder().text(1, "cgroup.freeze").text(2, value)
        let controller = MessageBuilder().text(1, "").message(2, MessageBuilder().text(1, "/a").message(3, property))
        let hierarchy = try #require(table(MessageBuilder().message(2, controller)).hierarchies.first)
        #expect(hierarchy.isVersion2 && hierarchy.isThreaded.absence?.reason == .notRecorded)
        #expect(hierarchy.groups.first?.properties.map(\.isPerhapsOfCRIU) == [isPerhaps])
    }

    @Test("Threads by their set: the host's, one that is not there, and one of a single thread")
    func sets() throws {
        let set = MessageBuilder().varint(1, 2).message(
            2, MessageBuilder().text(1, "").text(2, "/x").varint(3, 9))
        let table = try table(MessageBuilder().message(1, set)) { source in
            source["inventory.img"] = ImageBuilder(.inventory).entry(
                MessageBuilder().varint(1, 2).varint(4, 1).varint(5, 1))
            source.addProcesses([(2, 1), (3, 1)])
            for (pid, set) in [(1, 2), (2, 1), (3, 77)] as [(Int, UInt64)] {
                let thread = MessageBuilder().varint(1, 0).varint(2, 0).varint(16, set)
                source["core-\(pid).img"] = ImageBuilder(.core).entry(.core(name: "t").message(5, thread))
            }
        }
        #expect(table.sets.first?.threads == [.init(pid: 1, tid: 1)])
        #expect(table.threadsOfHostSet == [.init(pid: 2, tid: 2)] && table.threadsWithoutSet == [.init(pid: 3, tid: 3)])
        // More is hidden than there is: the path is shown as it is.
        #expect(table.sets.first?.memberships.map(\.hiddenPrefix) == [9])
        #expect(table.sets.first?.memberships.map(\.visiblePath) == ["/x"])
    }
}
