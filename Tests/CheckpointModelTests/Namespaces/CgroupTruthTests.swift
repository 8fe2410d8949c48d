import CheckpointModel
import CheckpointTestSupport
import EvidenceText
import Testing

/// Compares cgroups with /proc/PID/cgroup.
@Suite("The cgroups of dumps with known contents")
struct CgroupTruthTests {
    @Test("Each process in each hierarchy", arguments: KnownCheckpoint.gathered)
    func memberships(_ name: String) throws {
        let known = try KnownCheckpoint.named(name)
        let table = try #require(known.checkpoint.cgroups.value)
        #expect(table.threadsOfHostSet.isEmpty && table.threadsWithoutSet.isEmpty)
        for truth in try NamespaceTruth(name).processes where truth.state != "Z" {
            let process = try #require(known.checkpoint.process(truth.pid))
            let sets = table.sets.filter { set in set.threads.contains { $0.pid == truth.pid } }
            #expect(sets.flatMap(\.threads).filter { $0.pid == truth.pid }.count == process.threads.count)
            let expected = Set(
                truth.cgroup.map {
                    $0.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false).dropFirst()
                }
                .map { Array($0.map { ByteText(String($0)) }) })
            for set in sets {
                #expect(Set(set.memberships.map { [$0.controllers, $0.path] }) == expected, "process \(truth.pid)")
            }
            #expect(!sets.isEmpty)
        }
    }

    @Test("Every cgroup that a process is in is in the tree of its hierarchy", arguments: KnownCheckpoint.gathered)
    func tree(_ name: String) throws {
        let table = try #require(KnownCheckpoint.named(name).checkpoint.cgroups.value)
        #expect(table.hierarchies.count == 10 && table.hierarchies.count(where: \.isVersion2) == 1)
        for membership in table.sets.flatMap(\.memberships) {
            let hierarchy = try #require(table.hierarchies.first { $0.controllers == [membership.controllers] })
            #expect(hierarchy.groups.contains { $0.path == membership.path && $0.depth == 0 })
        }
    }

    @Test("What a cgroup namespace hides")
    func namespaces() throws {
        let inner = try #require(KnownCheckpoint.named("container").checkpoint.cgroups.value)
        #expect(inner.sets.flatMap(\.memberships).allSatisfy { $0.visiblePath == "/" })
        let outer = try #require(KnownCheckpoint.named("tree").checkpoint.cgroups.value)
        #expect(outer.sets.flatMap(\.memberships).allSatisfy { $0.visiblePath == "/forensics/tree" })
    }

    @Test("Settings of a container of Podman, which froze it by its cgroup")
    func settings() throws {
        let checkpoint = try KnownArchive.shelltree()
        let table = try #require(checkpoint.cgroups.value)
        func property(_ controller: ByteText, _ name: ByteText) -> Cgroup.Property? {
            table.hierarchies.first { $0.controllers == [controller] }?.groups.first?.properties.first {
                $0.name == name
            }
        }
        #expect(property("pids", "pids.max")?.value == "2048")
        let state = try #require(property("freezer", "freezer.state"))
        #expect(state.value == "THAWED" && state.isStateBeforeFreezing)
        #expect(property("memory", "memory.limit_in_bytes")?.isStateBeforeFreezing == false)
        let id = try #require(checkpoint.container.value?.id.value?.string)
        let paths = Set(table.sets.flatMap(\.memberships).map(\.path))
        #expect(paths == [ByteText("/libpod_parent/libpod-\(id)")])
    }

    @Test("CRIU 3.17.1 wrote no cgroups of tasks that were in its own", arguments: KnownCheckpoint.snapshots)
    func none(_ name: String) throws {
        let table = try KnownCheckpoint.named(name).checkpoint.cgroups
        #expect(table.absence == Absence(.noImage, "cgroup.img is not there"))
    }
}
