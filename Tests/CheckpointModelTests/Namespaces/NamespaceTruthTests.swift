import CheckpointModel
import CheckpointTestSupport
import EvidenceText
import Testing

/// Compares namespaces with the links of /proc/PID/ns.
@Suite("The namespaces of dumps with known contents")
struct NamespaceTruthTests {
    @Test("Who is in one namespace with whom, of each kind", arguments: KnownCheckpoint.gathered)
    func members(_ name: String) throws {
        let truth = try NamespaceTruth(name)
        let checkpoint = try KnownCheckpoint.named(name).checkpoint
        for kind in NamespaceKind.allCases {
            let alive = truth.processes.filter { $0.state != "Z" }
            let links = Dictionary(grouping: alive) { $0.ns[kind.rawValue] ?? nil }
            let expected = Set(links.map { Set($0.value.map(\.pid)) })
            let found = checkpoint.namespaces.filter { $0.kind == kind }.map { Set($0.processes) }
            #expect(Set(found) == expected && found.count == expected.count, "\(kind)")
        }
        #expect(checkpoint.problems.isEmpty)
    }

    @Test("Which namespaces are those of CRIU, of the first process, and nested ones")
    func standings() throws {
        let checkpoint = try KnownCheckpoint.named("container").checkpoint
        func namespaces(_ standing: Namespace.Standing) -> [String] {
            checkpoint.namespaces.filter { $0.standing == standing }.map { "\($0.kind) \($0.processes)" }
        }
        #expect(namespaces(.host) == ["user [1, 2, 3, 4, 5]"])
        #expect(namespaces(.nested) == ["mnt [4]", "net [3]"])
        #expect(namespaces(.root).count == 7)
        let others = try KnownCheckpoint.named("tree").checkpoint.namespaces
        #expect(others.count == 8 && others.allSatisfy { $0.standing == .host })
    }

    @Test("Where a namespace was first found")
    func origins() throws {
        let checkpoint = try KnownCheckpoint.named("container").checkpoint
        let nested = try #require(checkpoint.namespaces.first { $0.kind == .net && $0.standing == .nested })
        #expect(nested.origin == Origin("ids-3.img", entry: 0))
    }

    @Test("Host and domain name")
    func names() throws {
        let known = try KnownCheckpoint.named("container")
        let namespace = try #require(known.checkpoint.namespaces.first { $0.kind == .uts })
        let names = try #require(known.checkpoint.hostNames(of: namespace).value)
        #expect(names.hostName == ByteText(try #require(NamespaceTruth("container").network).hostname))
        // The workload set it; crit prints the same.
        #expect(names.domainName == "example.test")
        #expect(names.origin == Origin("utsns-12.img", entry: 0))
    }

    @Test("What the clocks showed: both tell the same time since boot, once their offsets are taken away")
    func clocks() throws {
        let known = try KnownCheckpoint.named("container")
        let namespace = try #require(known.checkpoint.namespaces.first { $0.kind == .time })
        let clocks = try #require(known.checkpoint.clocks(of: namespace).value)
        let offsets = try #require(NamespaceTruth("container").network).timens_offsets.map { line in
            line.split(separator: " ").dropFirst().map { Double($0) ?? .nan }
        }
        let monotonic = seconds(clocks.monotonic) - offsets[0][0] - offsets[0][1] / 1e9
        let boottime = seconds(clocks.boottime) - offsets[1][0] - offsets[1][1] / 1e9
        #expect(abs(monotonic - boottime) < 0.001)
        // The processes were started in tick 338316 of 100 in a second.
        #expect((3383.16...3400).contains(monotonic))
    }

    private func seconds(_ time: TimeValue) -> Double { Double(time.seconds) + Double(time.nanoseconds) / 1e9 }

    @Test("Without time namespaces, the clocks are those of the machine", arguments: ["tree", "s390x", "chain/3"])
    func hostClocks(_ name: String) throws {
        let checkpoint = try KnownCheckpoint.named(name).checkpoint
        let namespace = try #require(checkpoint.namespaces.first { $0.kind == .time })
        let clocks = try #require(checkpoint.clocks(of: namespace).value)
        #expect(clocks.monotonic.seconds > 0 && clocks.monotonic.seconds == clocks.boottime.seconds)
        #expect(clocks.origin.image == "timens-0.img")
    }

    @Test("A user namespace that is the host's has no maps of its own")
    func hostMaps() throws {
        let known = try KnownCheckpoint.named("container")
        let process = try #require(known.checkpoint.process(1))
        // All ids are mapped to themselves in the first user namespace.
        #expect(try #require(NamespaceTruth("container").network).uid_map == ["         0          0 4294967295"])
        let absence = try #require(known.checkpoint.identityMaps(of: process).absence)
        #expect(absence.detail == "the user namespace was not dumped: it is shared with the host")
    }

    @Test("Namespaces of archives of Podman")
    func archives() throws {
        let checkpoint = try KnownArchive.shelltree()
        let standings = Dictionary(uniqueKeysWithValues: checkpoint.namespaces.map { ($0.kind, $0.standing) })
        #expect(
            standings == [
                .pid: .root, .mnt: .root, .net: .root, .uts: .root, .ipc: .root, .user: .host, .cgroup: .host,
                .time: .host,
            ])
        let network = try #require(checkpoint.namespaces.first { $0.kind == .net })
        #expect(checkpoint.externalKey(of: network) == .value("extRootNetNS"))
        #expect(checkpoint.network(of: network).absence?.detail.contains("extRootNetNS") == true)
        let names = try #require(checkpoint.namespaces.first { $0.kind == .uts })
        // Podman names a container after the first 12 digits of its id.
        let id = try #require(checkpoint.container.value?.id.value)
        #expect(checkpoint.hostNames(of: names).value?.hostName == ByteText(Array(id.bytes.prefix(12))))
    }
}
