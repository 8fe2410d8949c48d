import CheckpointTestSupport
import EvidenceText
import Testing

@testable import CheckpointModel

/// Files of engines that are broken, or have another shape than any engine writes.
@Suite("Damaged metadata")
struct DamagedMetadataTests {
    private static let spec = #"{"annotations": {"io.container.manager": "libpod"}, "hostname": "h"}"#

    @Test("One broken file, and the others are read", arguments: ["{", "nonsense", "[]", "7", "\u{0}"])
    func broken(_ json: String) {
        let checkpoint = Containers.checkpoint([
            "config.dump": json, "spec.dump": Self.spec, "network.status": json, "bind.mounts": Self.spec,
        ])
        let container = checkpoint.container.value
        #expect(container?.engine == .value(.podman) && container?.hostname == .value("h"))
        #expect(container?.id.absence?.reason == .damaged)
        #expect(Set(checkpoint.metadataProblems.map(\.image)) == ["config.dump", "network.status", "bind.mounts"])
    }

    @Test("A file that was cut tells what stands before the cut")
    func cut() {
        let checkpoint = Containers.checkpoint(["config.dump": #"{"id": "abc", "name": "web", "runtime": "ru"#])
        let container = checkpoint.container.value
        #expect(container?.id == .value("abc") && container?.name == .value("web"))
        #expect(container?.runtime.absence?.reason == .damaged)
        #expect(checkpoint.metadataProblems.map(\.offset) == [43])
    }

    @Test("A member of a wrong type loses only itself")
    func wrongType() {
        let checkpoint = Containers.checkpoint([
            "config.dump": #"{"id": 7, "name": "web", "createdTime": {}, "stopSignal": true}"#,
            "spec.dump": """
            {"process": {"args": ["a", 1, "b"], "env": "no", "user": {"uid": 1.5, "gid": 18446744073709551615}},
             "mounts": [3, {"destination": "/x"}], "annotations": {"a": 1, "b": "2"},
             "linux": {"namespaces": {}, "seccomp": [], "resources": {"pids": {"limit": "many"}}}}
            """,
        ])
        let container = checkpoint.container.value
        #expect(container?.id.absence?.reason == .damaged && container?.name == .value("web"))
        #expect(container?.process.arguments == .value(["a", "b"]))
        #expect(container?.process.environment.absence?.reason == .damaged)
        #expect(container?.process.user.uid.absence?.reason == .damaged)
        #expect(container?.process.user.gid.absence?.reason == .damaged)
        #expect(container?.mounts.value?.map(\.destination.value) == [nil, "/x"])
        #expect(container?.annotations.value == [ContainerNote(key: "b", value: "2")])
        #expect(container?.namespaces.absence?.reason == .damaged)
        let paths = [
            "id:", "createdTime:", "stopSignal:", "process.args[1]:", "process.env:", "process.user.uid:",
            "process.user.gid:", "mounts[0]:", "annotations.a:", "linux.namespaces:", "linux.seccomp:",
            "linux.resources.pids.limit:",
        ]
        for path in paths { #expect(checkpoint.metadataProblems.contains { $0.detail.hasPrefix(path) }, "\(path)") }
        #expect(container?.exposures.contains { $0.kind == .hostNamespace } == false)
    }

    @Test("A key that occurs twice is told, and the last one counts")
    func duplicates() {
        let checkpoint = Containers.checkpoint(["config.dump": #"{"name": "first", "name": "second"}"#])
        #expect(checkpoint.container.value?.name == .value("second"))
        #expect(checkpoint.metadataProblems.first?.detail == "the key name occurs twice; the last one counts")
    }

    @Test("Null is what is not set")
    func null() {
        let checkpoint = Containers.checkpoint(["config.dump": #"{"id": null, "entrypoint": null, "labels": null}"#])
        #expect(checkpoint.container.value?.id.absence?.reason == .notRecorded)
        #expect(checkpoint.metadataProblems.isEmpty)
    }

    @Test("Podman's copy of the specification stands in for a broken one")
    func copy() throws {
        let config = #"{"id": "x", "spec": {"annotations": {"io.podman.annotations.init": "FALSE"}, "hostname": "h"}}"#
        for broken in ["{", nil] {
            let files = ["config.dump": config].merging(broken.map { ["spec.dump": $0] } ?? [:]) { $1 }
            let container = try Containers.container(files)
            #expect(container.hostname == .value("h") && container.engine == .value(.podman))
        }
    }

    @Test("No engine is named without evidence")
    func noEvidence() throws {
        let bare = try Containers.container(["config.dump": #"{"id": "x"}"#])
        #expect(bare.engine.absence != nil && bare.engineEvidence.absence != nil)
        let unknown = try Containers.container(spec: #"{"annotations": {"io.container.manager": "new"}}"#)
        #expect(unknown.engine.absence?.reason == .unsupported)
        // Podman writes these too.
        let created = try Containers.container(spec: #"{"annotations": {"io.kubernetes.cri-o.TTY": "false"}}"#)
        #expect(created.engine.absence?.reason == .notRecorded)
        #expect(Containers.checkpoint([:]).container.absence?.reason == .noImage)
    }
}
