import CheckpointTestSupport
import EvidenceText
import Testing

@testable import CheckpointModel

/// What `tar xOf` shows of the archives of Podman, and what fixtures/README.md says was done to the containers.
@Suite("Containers of Podman's archives")
struct PodmanTruthTests {
    private static let shellTrees = ["shelltree.tar", "shelltree.tar.gz", "shelltree.tar.zst"]
    private static let redis = ["redis-before.tar.zst", "redis-after.tar.zst"]
    private static let all = shellTrees + redis

    private static let command =
        "mkdir -p /var/log /tmp; echo started > /notes/log; echo hello > /var/log/app.log; rm -f /bin/true; "
        + "(while :; do sleep 1000; done) & (cd /tmp; exec tail -f /var/log/app.log) & exec sleep 100000"
    private static let webID: ByteText = "a4543ff4fc9ef7ad8845867ca4776981f472c7cba130c25cc5afa20d127cb7aa"
    private static let cacheID: ByteText = "f89ee849be945e2f3beb6547b3220c1badbf7ca6880d76b49f46588186fbcc41"

    private func container(_ name: String) throws -> Container {
        try #require(try Containers.archive(name).container.value)
    }

    @Test("Identity of web", arguments: shellTrees)
    func identity(_ name: String) throws {
        let container = try container(name)
        #expect(container.engine == .value(.podman))
        #expect(container.engineEvidence == .value("io.container.manager in spec.dump is libpod"))
        #expect(container.id == .value(Self.webID))
        #expect(container.name == .value("web"))
        #expect(container.fullName.absence?.reason == .notApplicable)
        #expect(container.hostname == .value("a4543ff4fc9e"))
        #expect(container.image.name == .value("localhost/bbox:latest"))
        #expect(container.image.requested == .value("localhost/bbox"))
        #expect(
            container.image.id == .value("6b94001f5e4a53f8ce0c4c25e4f43f339df34ae420b1bb4d4b65b19cdd8e7f8e"))
        #expect(container.runtime == .value("runc"))
        #expect(container.pod.absence?.reason == .notApplicable)
        #expect(container.files == ["config.dump", "spec.dump", "network.status"])
    }

    @Test("Identity of cache", arguments: redis)
    func redisIdentity(_ name: String) throws {
        let container = try container(name)
        #expect(container.engine == .value(.podman))
        #expect(container.id == .value(Self.cacheID))
        #expect(container.name == .value("cache"))
        #expect(container.image.name == .value("localhost/deb:latest"))
        #expect(
            container.image.id == .value("f66c7948b1c7d6788c2ab173283a64a8ab4b7ee5b9bb58c263523b600e3e70bc"))
        #expect(
            container.process.arguments
                == .value(["redis-server", "--port", "6379", "--save", "", "--appendonly", "no"]))
        #expect(container.times.created == .value(.text("2026-11-23T20:05:55.911684513Z")))
        #expect(container.networks.value?.first?.addresses.map(\.address) == ["10.88.0.24/16"])
        #expect(container.networks.value?.first?.hardwareAddress == .value("fa:0d:09:46:95:21"))
    }

    @Test(
        "Times: the engine recorded none of the checkpoint, the files of the images stand in",
        arguments: zip(all, [1_795_464_354, 1_795_464_355, 1_795_464_355, 1_795_464_358, 1_795_464_360]))
    func times(_ name: String, _ written: Int64) throws {
        let times = try container(name).times
        #expect(times.checkpointed.absence?.reason == .notRecorded)
        #expect(times.imagesWritten == .value(written))
        #expect(times.started.absence != nil && times.finished.absence != nil && times.restored.absence != nil)
        if name.hasPrefix("shelltree") { #expect(times.created == .value(.text("2026-11-23T20:05:52.429006804Z"))) }
    }

    @Test("What was to be run", arguments: shellTrees)
    func process(_ name: String) throws {
        let process = try container(name).process
        #expect(process.arguments == .value(["sh", "-c", ByteText(Self.command)]))
        #expect(process.command == process.arguments)
        #expect(process.entrypoint.absence?.reason == .notRecorded)
        #expect(process.createCommand.value?.prefix(4) == ["podman", "--runtime", "runc", "create"])
        #expect(process.createCommand.value?.count == 20)
        #expect(process.workingDirectory == .value("/"))
        #expect(process.user.uid == .value(0) && process.user.gid == .value(0) && process.user.umask == .value(0o22))
        #expect(process.hasTerminal == .value(false))
        let environment: [ByteText] = [
            "API_TOKEN=not-a-real-secret", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "TERM=xterm", "container=podman", "HOME=/root", "HOSTNAME=a4543ff4fc9e",
        ]
        #expect(process.environment == .value(environment))
        let limits = ["RLIMIT_NOFILE", "RLIMIT_NPROC"].map {
            ContainerLimit(type: ByteText($0), soft: .value(4096), hard: .value(8192))
        }
        #expect(process.limits == .value(limits))
    }

    @Test("Mounts: the named volume and the read-only bind mount", arguments: shellTrees)
    func mounts(_ name: String) throws {
        let mounts = try #require(try container(name).mounts.value)
        #expect(mounts.count == 13)
        let bind = try #require(mounts.first { $0.destination == .value("/mnt/bind") })
        #expect(bind.source == .value("/srv/forensics/bind") && bind.isBind && bind.isWritable == false)
        #expect(bind.options == .value(["ro", "rprivate", "rbind"]))
        #expect(bind.volume.absence?.reason == .notApplicable && bind.origin == Origin("spec.dump"))
        let volume = try #require(mounts.first { $0.destination == .value("/notes") })
        #expect(volume.volume == .value("notes") && volume.isWritable == true)
        #expect(volume.source == .value("/var/lib/containers/storage/volumes/notes/_data"))
        #expect(mounts.filter { $0.volume.value != nil }.count == 1)
        let device = try #require(mounts.first { $0.destination == .value("/dev") })
        #expect(device.type == .value("tmpfs") && !device.isBind)
    }

    @Test("Network", arguments: shellTrees)
    func network(_ name: String) throws {
        let container = try container(name)
        let network = try #require(container.networks.value?.first)
        #expect(container.networks.value?.count == 1)
        #expect(network.name == .value("podman") && network.interface == .value("eth0"))
        #expect(network.hardwareAddress == .value("82:5b:cb:e5:69:58"))
        #expect(network.addresses == [.init(address: "10.88.0.23/16", gateway: .value("10.88.0.1"))])
        #expect(network.origin == Origin("network.status"))
        #expect(container.ports.absence != nil)
    }

    @Test("What the container was allowed", arguments: all)
    func security(_ name: String) throws {
        let container = try container(name)
        let security = container.security
        #expect(security.isPrivileged == .value(false))
        let capabilities: [ByteText] = [
            "CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_FOWNER", "CAP_FSETID", "CAP_KILL", "CAP_NET_BIND_SERVICE",
            "CAP_SETFCAP", "CAP_SETGID", "CAP_SETPCAP", "CAP_SETUID", "CAP_SYS_CHROOT",
        ]
        #expect(security.capabilities.bounding == .value(capabilities))
        #expect(security.capabilities.effective == .value(capabilities))
        #expect(security.capabilities.permitted == .value(capabilities))
        #expect(security.capabilities.ambient.absence?.reason == .notRecorded)
        let seccomp = try #require(security.seccomp.value)
        #expect(seccomp.defaultAction == .value("SCMP_ACT_ERRNO") && seccomp.ruleCount == .value(22))
        #expect(
            seccomp.calls == [.init(action: "SCMP_ACT_ALLOW", count: 385), .init(action: "SCMP_ACT_ERRNO", count: 52)])
        #expect(security.maskedPaths.value?.count == 11 && security.readOnlyPaths.value?.last == "/proc/sysrq-trigger")
        #expect(container.exposures == [])
        #expect(container.resources.pidsLimit == .value(2048))
        #expect(container.resources.memoryLimit.absence?.reason == .notRecorded)
    }

    @Test("Namespaces, cgroup, log and the rest", arguments: shellTrees)
    func rest(_ name: String) throws {
        let container = try container(name)
        let namespaces = try #require(container.namespaces.value)
        #expect(namespaces.map(\.type) == ["pid", "network", "ipc", "uts", "mount"])
        #expect(namespaces[1].path == .value("/run/netns/netns-fcfa7916-0d71-f848-1b8c-1b581eac6be5"))
        #expect(namespaces[0].path.absence?.reason == .notApplicable)
        #expect(container.paths.cgroup == .value(ByteText("/libpod_parent/libpod-\(Self.webID.string ?? "")")))
        #expect(container.paths.cgroupParent == .value("/libpod_parent"))
        #expect(container.lifecycle.stopSignal == .value("15"))
        #expect(container.lifecycle.restartPolicy.absence?.reason == .notRecorded)
        #expect(container.paths.logDriver == .value("k8s-file"))
        #expect(container.paths.log.value?.string?.hasSuffix("/userdata/ctr.log") == true)
        #expect(container.labels.absence?.reason == .notRecorded)
        #expect(container.annotations.value?.count == 8)
        #expect(container.annotations.value?.first == ContainerNote(key: "io.container.manager", value: "libpod"))
    }

    @Test(
        "Standard streams",
        arguments: zip(all, [4_299_274, 4_299_274, 4_299_274, 4_301_016, 4_301_016]))
    func streams(_ name: String, _ inode: Int) throws {
        let targets: [ByteText] = ["/dev/null", ByteText("pipe:[\(inode)]"), ByteText("pipe:[\(inode + 1)]")]
        #expect(try Containers.archive(name).standardStreams == .value(targets))
    }

    @Test("Changes of the root file system: a deleted program, an added log", arguments: shellTrees)
    func changes(_ name: String) throws {
        let changes = try #require(try Containers.archive(name).fileSystemChanges.value)
        #expect(changes.changes.map(\.path) == ["/bin/true", "/mnt", "/mnt/bind", "/notes", "/var/log/app.log"])
        #expect(changes.changes.map(\.kind) == [.deleted, .written, .written, .written, .written])
        #expect(changes.changes[0].origin == Origin("deleted.files") && changes.changes[0].file == nil)
        #expect(changes.writtenAbsence == nil && changes.deletedAbsence == nil)
        let log = try #require(changes.changes[4].file)
        #expect(log.type == .file && log.size == 6 && log.mode == 0o644 && log.userID == 0 && log.groupID == 0)
        #expect(log.modificationTime == 1_795_464_352)
        #expect(log.content.value?.prefix(10) == Array("hello\n".utf8))
        #expect(changes.changes[1].file?.type == .directory && changes.changes[1].file?.mode == 0o755)
    }

    @Test("Nothing is said to have changed where no file says so", arguments: redis)
    func unchanged(_ name: String) throws {
        #expect(try Containers.archive(name).fileSystemChanges.absence?.reason == .noImage)
        #expect(try Containers.archive(name).volumes.isEmpty)
    }

    @Test("The volume with its file", arguments: shellTrees)
    func volumes(_ name: String) throws {
        let volumes = try Containers.archive(name).volumes
        #expect(volumes.map(\.name) == ["notes"] && volumes.first?.origin == Origin("volumes/notes.tar"))
        let files = try #require(volumes.first?.files.value)
        #expect(files.map(\.name) == ["", "log"])
        #expect(files.last?.content.value?.prefix(20) == Array("started\n".utf8))
    }

    @Test("/dev/shm is empty", arguments: all)
    func sharedMemory(_ name: String) throws {
        let files = try #require(try Containers.archive(name).sharedMemoryFiles.value)
        #expect(files.map(\.name) == [""] && files.first?.type == .directory && files.first?.mode == 0o1777)
    }

    @Test("The log of web", arguments: shellTrees)
    func log(_ name: String) throws {
        let log = try #require(try Containers.archive(name).containerLog.value)
        #expect(log.format == .kubernetes && log.lineCount == 1 && log.content.size == 51)
        let line = ContainerLog.Line(
            number: 1, time: "2026-11-23T20:05:52.621432010+00:00", stream: "stdout", isPartial: false, text: "hello")
        #expect(log.lines(last: 10) == [line])
    }

    @Test("The log of cache", arguments: redis)
    func redisLog(_ name: String) throws {
        let log = try #require(try Containers.archive(name).containerLog.value)
        #expect(log.lineCount == 11 && log.origin == Origin("ctr.log"))
        let last = log.lines(last: 2)
        #expect(last.map(\.number) == [10, 11])
        #expect(last.last?.text == "1:M 23 Nov 2026 20:05:56.171 * Ready to accept connections")
        #expect(log.lines(last: 100).first?.text.string?.contains("Redis is starting") == true)
        #expect(log.lines(last: 0).isEmpty && log.lines(last: -1).isEmpty)
    }

    /// Freezing, frozen, collecting, writing; pages looked at and written; pipes.
    private static let measured: [String: [UInt64]] = [
        "shelltree.tar": [939, 197_145, 1761, 445, 97, 68, 16],
        "shelltree.tar.gz": [729, 141_747, 1794, 388, 97, 68, 16],
        "shelltree.tar.zst": [725, 131_912, 2870, 371, 97, 68, 16],
        "redis-before.tar.zst": [101_076, 146_101, 3276, 1413, 794, 671, 8],
        "redis-after.tar.zst": [849, 173_135, 4674, 2056, 968, 841, 8],
    ]

    @Test("Statistics", arguments: all)
    func statistics(_ name: String) throws {
        let checkpoint = try Containers.archive(name)
        let statistics = try #require(checkpoint.statistics.value)
        let times = [statistics.freezing, statistics.frozen, statistics.memoryDump, statistics.memoryWrite].map(
            UInt64.init)
        let pages = [statistics.pages.scanned, statistics.pages.written, statistics.pipes.value ?? 0]
        #expect(times + pages == Self.measured[name])
        #expect(statistics.frozen == checkpoint.inventory.value?.frozenMicroseconds.value)
        #expect(
            statistics.pages.inParent == 0 && statistics.lazyPages == 0 && statistics.pipeBuffers == statistics.pipes)
        #expect(statistics.sharedPages == .value(.init(scanned: 0, inParent: 0, written: 0)))
        #expect(checkpoint.dumpLog.absence?.reason == .noImage && checkpoint.outcome.absence?.reason == .noImage)
    }
}
