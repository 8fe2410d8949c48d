import CheckpointTestSupport
import EvidenceText
import Testing

@testable import CheckpointModel

/// The files that Docker keeps of a container, as its source writes them.
@Suite("Containers of Docker")
struct DockerTests {
    private static let config = """
        {"ID": "d0c", "Created": "2026-01-02T03:04:05Z", "Path": "/entry", "Args": ["serve", ""], "Name": "/shop",
         "Image": "sha256:abc", "Driver": "overlay2", "RestartCount": 4, "LogPath": "/var/lib/docker/d0c-json.log",
         "State": {"Running": true, "Paused": false, "Pid": 99, "ExitCode": 137, "StartedAt": "2026-01-02T03:05:00Z",
           "FinishedAt": "0001-01-01T00:00:00Z"},
         "Config": {"Hostname": "d0chost", "User": "app", "Env": ["A=1"], "Cmd": ["serve", ""],
           "Entrypoint": ["/entry"], "Image": "shop:1", "WorkingDir": "/app", "Labels": {"b": "2", "a": "1"},
           "StopSignal": "SIGQUIT", "Tty": true},
         "MountPoints": {"/b": {"Source": "/srv/b", "Destination": "/b", "RW": false, "Name": "", "Type": "bind"},
           "/a": {"Source": "", "Destination": "/a", "RW": true, "Name": "data", "Driver": "local", "Type": "volume"}},
         "NetworkSettings": {"Networks": {"bridge": {"IPAddress": "172.17.0.2", "IPPrefixLen": 16,
             "Gateway": "172.17.0.1", "MacAddress": "02:42:ac:11:00:02", "GlobalIPv6Address": "", "GlobalIPv6PrefixLen": 0}},
           "Ports": {"80/tcp": [{"HostIp": "0.0.0.0", "HostPort": "8080"}], "443/tcp": null}},
         "AppArmorProfile": "docker-default", "NoNewPrivileges": false}
        """

    private static let host = """
        {"RestartPolicy": {"Name": "unless-stopped", "MaximumRetryCount": 0}, "Privileged": false, "Memory": 0,
         "PidsLimit": 100, "NetworkMode": "bridge", "PidMode": "host", "CapAdd": ["SYS_PTRACE"], "Runtime": "runc",
         "LogConfig": {"Type": "json-file"}}
        """

    private func container() throws -> Container {
        try Containers.container(["config.v2.json": Self.config, "hostconfig.json": Self.host])
    }

    @Test("Identity")
    func identity() throws {
        let container = try container()
        #expect(container.engine == .value(.docker))
        #expect(container.id == .value("d0c") && container.name == .value("shop"))
        #expect(container.hostname == .value("d0chost") && container.runtime == .value("runc"))
        #expect(container.image.name == .value("shop:1") && container.image.id == .value("sha256:abc"))
        #expect(container.times.created == .value(.text("2026-01-02T03:04:05Z")))
        #expect(container.times.started == .value(.text("2026-01-02T03:05:00Z")))
        #expect(container.times.finished.absence?.reason == .notRecorded)
        #expect(container.labels.value?.map(\.key) == ["a", "b"])
    }

    @Test("Process and life")
    func process() throws {
        let container = try container()
        #expect(container.process.arguments == .value(["/entry", "serve", ""]))
        #expect(
            container.process.entrypoint == .value(["/entry"]) && container.process.command == .value(["serve", ""]))
        #expect(container.process.environment == .value(["A=1"]) && container.process.hasTerminal == .value(true))
        #expect(container.process.user.requested == .value("app") && container.process.user.uid.absence != nil)
        let life = container.lifecycle
        #expect(life.state == .value("running") && life.hostPID == .value(99) && life.exitCode == .value(137))
        #expect(life.restartPolicy == .value("unless-stopped") && life.restartCount == .value(4))
        #expect(life.stopSignal == .value("SIGQUIT"))
        #expect(container.resources.pidsLimit == .value(100))
        #expect(container.resources.memoryLimit.absence?.reason == .notRecorded)
    }

    @Test("Mounts, network and ports")
    func world() throws {
        let container = try container()
        let mounts = try #require(container.mounts.value)
        #expect(mounts.map(\.destination) == [.value("/a"), .value("/b")])
        #expect(mounts[0].volume == .value("data") && mounts[0].isWritable == true && !mounts[0].isBind)
        #expect(mounts[1].isBind && mounts[1].isWritable == false && mounts[1].source == .value("/srv/b"))
        let network = try #require(container.networks.value?.first)
        #expect(network.addresses == [.init(address: "172.17.0.2/16", gateway: .value("172.17.0.1"))])
        #expect(network.hardwareAddress == .value("02:42:ac:11:00:02"))
        let port = try #require(container.ports.value?.first)
        #expect(container.ports.value?.count == 1)
        #expect(port.hostPort == .value(8080) && port.containerPort == .value(80))
        #expect(port.networkProtocol == .value("tcp") && port.hostAddress == .value("0.0.0.0"))
    }

    @Test("What weakens the wall to the host")
    func exposures() throws {
        let exposures = try container().exposures
        #expect(exposures.map(\.kind) == [.hostNamespace, .strongCapabilities])
        #expect(exposures.map(\.subjects) == [["pid"], ["CAP_SYS_PTRACE"]])
        #expect(exposures.allSatisfy { $0.origin == Origin("hostconfig.json") })
    }

    @Test("The log in JSON, named by the container")
    func log() throws {
        let line = #"{"log":"hi\n","stream":"stderr","time":"2026-01-02T03:05:01Z"}"#
        let checkpoint = Containers.checkpoint([
            "config.v2.json": Self.config, "d0c-json.log": line + "\n" + #"{"log":"part"}"# + "\nbroken\n",
        ])
        let log = try #require(checkpoint.containerLog.value)
        #expect(log.format == .json && log.lineCount == 3)
        let lines = log.lines(last: 3)
        #expect(lines[0].text == "hi" && lines[0].stream == "stderr" && lines[0].time == "2026-01-02T03:05:01Z")
        #expect(!lines[0].isPartial && lines[1].isPartial && lines[1].text == "part")
        #expect(lines[2] == .init(number: 3, time: nil, stream: nil, isPartial: false, text: "broken"))
    }
}
