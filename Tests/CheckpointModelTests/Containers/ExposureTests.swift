import CheckpointTestSupport
import EvidenceText
import Testing

@testable import CheckpointModel

@Suite("What weakens the wall between container and host")
struct ExposureTests {
    private static let walls = """
        "namespaces": [{"type": "pid"}, {"type": "network"}, {"type": "ipc"}, {"type": "uts"}, {"type": "mount"}],
        "seccomp": {"defaultAction": "SCMP_ACT_ERRNO"}, "maskedPaths": ["/proc/kcore"]
        """

    private func exposures(linux: String = walls, _ rest: String = "") throws -> [ContainerExposure] {
        try Containers.container(spec: "{\"linux\": {\(linux)}\(rest)}").exposures
    }

    @Test("Nothing where all walls stand")
    func none() throws {
        #expect(try exposures() == [])
    }

    @Test("Namespaces of the host")
    func namespaces() throws {
        let shared = Self.walls.replacing(#"{"type": "pid"}, "#, with: "").replacing(
            #"{"type": "network"}"#, with: #"{"type": "network", "path": "/proc/1/ns/net"}"#)
        let found = try exposures(linux: shared)
        #expect(found.map(\.kind) == [.hostNamespace] && found.first?.subjects == ["pid", "network"])
    }

    @Test("Capabilities")
    func capabilities() throws {
        func found(_ names: [String]) throws -> [ContainerExposure] {
            let list = names.map { "\"\($0)\"" }.joined(separator: ",")
            return try exposures(", \"process\": {\"capabilities\": {\"bounding\": [\(list)]}}")
        }
        #expect(try found(["CAP_CHOWN"]) == [])
        let strong = try found(["CAP_SYS_PTRACE", "CAP_CHOWN", "CAP_NET_ADMIN"])
        #expect(strong.map(\.kind) == [.strongCapabilities])
        #expect(strong.first?.subjects == ["CAP_NET_ADMIN", "CAP_SYS_PTRACE"])
        let all = try found((0..<40).map { "CAP_\($0)" } + ["CAP_SYS_ADMIN"])
        #expect(all.map(\.kind) == [.allCapabilities])
    }

    @Test(
        "Mounts",
        arguments: [
            ("/", .hostPath), ("/etc/", .hostPath), ("/var/run/docker.sock", .engineSocket),
            ("/run/containerd/containerd.sock", .engineSocket), ("/srv/data", nil), ("/etc/app.conf", nil),
        ] as [(String, ContainerExposure.Kind?)])
    func mounts(_ source: String, _ kind: ContainerExposure.Kind?) throws {
        let mount = #"{"destination": "/host", "source": "\#(source)", "type": "bind"}"#
        let found = try exposures(", \"mounts\": [\(mount)]")
        #expect(found.map(\.kind) == [kind].compactMap { $0 })
        if kind != nil { #expect(found.first?.subjects == [ByteText(source), "/host"]) }
        // What is no bind mount is no piece of the host.
        let other = mount.replacing(#""type": "bind""#, with: #""type": "tmpfs""#)
        #expect(try exposures(", \"mounts\": [\(other)]") == [])
    }

    @Test("A container without walls")
    func privileged() throws {
        let found = try exposures(
            linux: #""resources": {"devices": [{"allow": false, "access": "rwm"}, {"allow": true, "access": "rwm"}]}, "#
                + #""namespaces": [{"type": "pid"}, {"type": "network"}, {"type": "ipc"}, {"type": "uts"}, {"type": "mount"}]"#,
            #", "annotations": {"io.podman.annotations.privileged": "TRUE"}, "process": {"apparmorProfile": "unconfined"}"#
        )
        #expect(found.map(\.kind) == [.privileged, .allDevices, .noSeccomp, .noAppArmor, .nothingMasked])
        #expect(found.allSatisfy { $0.subjects.isEmpty && $0.origin == Origin("spec.dump") })
    }

    @Test("A filter that lets everything pass is none")
    func seccomp() throws {
        let open = Self.walls.replacing("SCMP_ACT_ERRNO", with: "SCMP_ACT_ALLOW")
        #expect(try exposures(linux: open).map(\.kind) == [.noSeccomp])
    }

    @Test("Nothing is concluded from what a cut file lacks")
    func cut() throws {
        let whole = "{\"linux\": {\(Self.walls)}}"
        for end in stride(from: 10, to: whole.utf8.count - 1, by: 1) {
            let container = try Containers.container(spec: String(decoding: Array(whole.utf8)[..<end], as: UTF8.self))
            #expect(container.exposures == [], "\(end)")
        }
    }
}
