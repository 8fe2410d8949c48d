import CheckpointModel
import EvidenceText
import Testing

/// Compares processes with what /proc said of them just before the dump.
@Suite("The processes of dumps with known contents")
struct ProcessTruthTests {
    @Test("Every process is there, and nothing is amiss", arguments: KnownCheckpoint.names)
    func processes(_ name: String) throws {
        let known = try KnownCheckpoint.named(name)
        let pids = try #require(known.checkpoint.processes.value).map(\.pid)
        #expect(pids.sorted() == known.truth.processes.keys.sorted())
        #expect(known.processes.count == pids.count)
        #expect(known.checkpoint.problems == [])
    }

    @Test("Parents, groups and sessions", arguments: KnownCheckpoint.names)
    func family(_ name: String) throws {
        for known in try KnownCheckpoint.named(name).processes {
            #expect(known.process.parentID.value == known.truth.parentID, "\(known)")
            #expect(known.process.groupID.value == known.truth.groupID, "\(known)")
            #expect(known.process.sessionID.value == known.truth.sessionID, "\(known)")
        }
    }

    @Test("Children follow their parents, one deeper", arguments: KnownCheckpoint.names)
    func order(_ name: String) throws {
        var depths: [Int: Int] = [:]
        for process in try KnownCheckpoint.named(name).processes.map(\.process) {
            let id = try #require(process.parentID.value)
            let parent = id == 0 ? -1 : try #require(depths[id])
            #expect(process.depth == parent + 1)
            depths[process.pid] = process.depth
        }
    }

    @Test("States, and how zombies ended", arguments: KnownCheckpoint.names)
    func states(_ name: String) throws {
        let words = ["S": "alive", "R": "alive", "T": "stopped", "Z": "zombie"]
        for known in try KnownCheckpoint.named(name).processes {
            #expect(known.process.state.value?.name == words[known.truth.state], "\(known)")
            if known.truth.isZombie {
                #expect(known.process.exitCode == .value(ExitCode(waitStatus: known.truth.waitStatus)), "\(known)")
            } else {
                #expect(known.process.exitCode.absence?.reason == .notApplicable, "\(known)")
            }
        }
    }

    @Test("Names of processes and threads", arguments: KnownCheckpoint.names)
    func names(_ name: String) throws {
        for known in try KnownCheckpoint.named(name).processes {
            #expect(known.process.name == .value(known.truth.name), "\(known)")
            let threads = known.process.threads.map { TruthThread(id: $0.id, name: $0.name.value ?? "?") }
            #expect(threads.first?.id == known.process.pid, "the leader comes first: \(known)")
            #expect(threads.sorted { $0.id < $1.id } == known.truth.threads.sorted { $0.id < $1.id }, "\(known)")
        }
    }

    @Test("Command lines and environments", arguments: KnownCheckpoint.names)
    func words(_ name: String) throws {
        let checkpoint = try KnownCheckpoint.named(name).checkpoint
        for known in try KnownCheckpoint.named(name).processes where !known.truth.isZombie {
            #expect(checkpoint.arguments(known.memory) == .value(known.truth.arguments), "\(known)")
            #expect(checkpoint.environment(known.memory) == .value(known.truth.environment), "\(known)")
        }
    }

    @Test("Programs, directories and masks", arguments: KnownCheckpoint.names)
    func directories(_ name: String) throws {
        let checkpoint = try KnownCheckpoint.named(name).checkpoint
        for known in try KnownCheckpoint.named(name).processes where !known.truth.isZombie {
            let directories = try #require(checkpoint.directories(of: known.process).value)
            #expect(directories.umask == .value(try #require(known.truth.umask)), "\(known)")
            let executable = checkpoint.executable(known.memory)
            guard KnownCheckpoint.gathered.contains(name) else {
                // The snapshots have no links: the program is the first file that is mapped, its folder the current one.
                #expect(executable == known.truth.areas.first.map { .value($0.name) }, "\(known)")
                #expect(directories.current.flatMap(\.target) == .value("/srv/forensics/arch"), "\(known)")
                #expect(directories.root.flatMap(\.target) == .value("/"), "\(known)")
                continue
            }
            #expect(executable == .value(try #require(known.truth.executable)), "\(known)")
            #expect(directories.current.flatMap(\.target).value == known.truth.currentDirectory, "\(known)")
            #expect(directories.root.flatMap(\.target).value == known.truth.rootDirectory, "\(known)")
        }
    }

    @Test("A zombie has nothing but its name and its end", arguments: KnownCheckpoint.names)
    func zombies(_ name: String) throws {
        let checkpoint = try KnownCheckpoint.named(name).checkpoint
        let zombies = try KnownCheckpoint.named(name).processes.filter(\.truth.isZombie)
        let expected = ["tree": 2, "chain/3": 1, "arm64": 1, "s390x": 1, "ppc64el": 1]
        #expect(zombies.count == expected[name] ?? 0)
        for known in zombies {
            #expect(known.memory.absence?.reason == .notApplicable, "\(known)")
            #expect(known.descriptors.absence?.reason == .notApplicable, "\(known)")
            #expect(checkpoint.directories(of: known.process).absence?.reason == .notApplicable, "\(known)")
            #expect(checkpoint.arguments(known.memory).absence?.reason == .notApplicable, "\(known)")
        }
    }

    @Test(
        "The machine that was dumped",
        arguments: zip(
            KnownCheckpoint.names,
            Array(repeating: "x86_64", count: KnownCheckpoint.gathered.count + 1) + ["aarch64", "s390x", "ppc64"]))
    func architecture(_ name: String, _ machine: String) throws {
        let inventory = try #require(try KnownCheckpoint.named(name).checkpoint.inventory.value)
        #expect(inventory.architecture.value?.name == machine)
        #expect(inventory.imageVersion == 2)
    }
}
