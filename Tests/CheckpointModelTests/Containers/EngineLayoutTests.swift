import CheckpointTestSupport
import EvidenceText
import Foundation
import SystemPackage
import Testing

@testable import CheckpointModel

/// What engines note, where they put it: in archives and directories made by hand.
@Suite("Metadata in the layouts of engines")
struct EngineLayoutTests {
    /// A tar of the images of `crash` in the folder `checkpoint`, and of files beside it.
    private func archive(_ files: [(String, [UInt8])], folder: String = "checkpoint/") throws -> TarBuilder {
        var tar = TarBuilder()
        for image in Scenario.named("crash").images where image.fileName != "stats-dump" {
            tar.add(folder + image.fileName, [UInt8](try Data(contentsOf: image.url)))
        }
        for (name, bytes) in files { tar.add(name, bytes) }
        return tar
    }

    private func copyImages(to folder: ScratchFolder, _ path: String) throws {
        try folder.makeFolder(path)
        for image in Scenario.named("crash").images {
            try FileManager.default.copyItem(at: image.url, to: folder.url.appending(path: "\(path)/\(image.fileName)"))
        }
    }

    @Test("An archive of CRI-O, as the kubelet keeps it")
    func crio() throws {
        let checkpoint = try openArchive(
            try archive([
                ("config.dump", Array(#"{"id": "c1", "checkpointedTime": "2026-01-02T04:00:00Z"}"#.utf8)),
                (
                    "spec.dump",
                    Array(
                        #"""
                        {"annotations": {"io.container.manager": "cri-o", "io.kubernetes.pod.name": "p",
                         "io.kubernetes.cri-o.Metadata": "{\"name\": \"web\"}", "io.kubernetes.cri-o.IP.0": "10.0.0.7"}}
                        """#.utf8)
                ),
                ("dump.log", Array("(00.000321) Version: 4.2 (gitid 0)\n(00.5) Dumping finished successfully\n".utf8)),
                ("io.kubernetes.cri-o.LogPath", Array("2026-01-02T03:04:05.000000006Z stderr F oops\n".utf8)),
                ("stats-dump", [UInt8](try Data(contentsOf: Scenario.named("crash").image("stats-dump").url))),
            ]).archive)
        let container = try #require(checkpoint.container.value)
        #expect(container.engine == .value(.crio) && container.name == .value("web"))
        #expect(container.networks.value?.first?.addresses.map(\.address) == ["10.0.0.7"])
        #expect(container.times.imagesWritten == .value(1_700_000_000))
        #expect(checkpoint.inventory.value?.criuVersion == .value("4.2"))
        #expect(checkpoint.containerLog.value?.lines(last: 1).map(\.text) == ["oops"])
        #expect(checkpoint.statistics.value != nil && checkpoint.problems.isEmpty)
    }

    @Test("An archive of containerd for Kubernetes, with its layer")
    func containerd() throws {
        var layer = TarBuilder()
        layer.add("etc/.wh.motd", [])
        layer.add("srv/new", [1])
        let checkpoint = try openArchive(
            try archive([
                ("config.dump", Array(#"{"id": "c2"}"#.utf8)),
                ("status", Array(#"{"Version": "v1", "CreatedAt": 5}"#.utf8)),
                ("spec.dump", Array(#"{"annotations": {"io.kubernetes.cri.container-name": "db"}}"#.utf8)),
                ("container.log", Array("2026-01-02T03:04:05.000000006Z stdout F up\n".utf8)),
                ("rootfs-diff.tar", try Compression.gzip.pack(layer.archive)),
            ]).archive)
        #expect(checkpoint.container.value?.engine == .value(.containerd))
        #expect(checkpoint.container.value?.times.created == .value(.nanoseconds(5)))
        let changes = try #require(checkpoint.fileSystemChanges.value?.changes)
        #expect(changes.map(\.path) == ["/etc/motd", "/srv/new"] && changes.map(\.kind) == [.deleted, .written])
        #expect(checkpoint.containerLog.value?.origin == Origin("container.log"))
        #expect(checkpoint.problems.isEmpty)
    }

    @Test("A directory of Docker")
    func docker() throws {
        let folder = try ScratchFolder()
        try copyImages(to: folder, "d0c/checkpoints/one")
        try folder.write("d0c/config.v2.json", Array(#"{"ID": "d0c", "Name": "/shop"}"#.utf8))
        try folder.write("d0c/hostconfig.json", Array(#"{"Privileged": true, "NetworkMode": "host"}"#.utf8))
        try folder.write("d0c/d0c-json.log", Array(#"{"log":"hi\n","stream":"stdout","time":"t"}"#.utf8))
        try folder.write("d0c/checkpoints/one/descriptors.json", Array(#"["/dev/null", "pipe:[1]"]"#.utf8))
        let checkpoint = try Checkpoint(path: FilePath(folder.path("d0c/checkpoints/one")))
        let container = try #require(checkpoint.container.value)
        #expect(container.engine == .value(.docker) && container.name == .value("shop"))
        #expect(container.exposures.map(\.kind) == [.privileged, .hostNamespace])
        #expect(checkpoint.containerLog.value?.lines(last: 1).map(\.text) == ["hi"])
        #expect(checkpoint.standardStreams == .value(["/dev/null", "pipe:[1]"]))
    }

    @Test("A pod, its containers in folders or in archives of their own", arguments: [false, true])
    func pod(_ isNested: Bool) throws {
        let config = ("config.dump", Array(#"{"id": "c3", "name": "web"}"#.utf8))
        var tar = TarBuilder()
        if isNested {
            tar.add("ctr-web.tar", try archive([config]).archive)
        } else {
            tar = try archive([("ctr-web/config.dump", config.1)], folder: "ctr-web/checkpoint/")
        }
        tar.add("pod.options", Array(#"{"annotations": {"org.criu.checkpoint.engine.name": "cri-o"}}"#.utf8))
        tar.add("pod.dump", Array(#"{"metadata": {"name": "p", "namespace": "n", "uid": "u"}}"#.utf8))
        let checkpoint = try openArchive(tar.archive)
        let container = try #require(checkpoint.container.value)
        #expect(container.engine == .value(.crio) && container.id == .value("c3"))
        #expect(container.pod.value?.name == .value("p") && container.pod.value?.uid == .value("u"))
        #expect(container.files == ["config.dump", "pod.options", "pod.dump"])
    }

    @Test("Blobs of containerd in an OCI layout, by its index alone or by one above it", arguments: [false, true])
    func oci(_ isDeep: Bool) throws {
        var tar = TarBuilder()
        func blob(_ bytes: [UInt8], _ type: String, _ more: String = "") -> String {
            let digest = sha256(bytes)
            tar.add("blobs/sha256/\(digest)", bytes)
            return #"{"mediaType": "\#(type)", "digest": "sha256:\#(digest)", "size": \#(bytes.count)\#(more)}"#
        }
        let kind = "application/vnd.containerd.container."
        let spec = Array(#"{"hostname": "h"}"#.utf8)
        let name = Array("types.containerd.io/opencontainers/runtime-spec/1/Spec".utf8)
        let envelope = [0x0A, UInt8(name.count)] + name + [0x12, UInt8(spec.count)] + spec
        let blobs = [
            blob(try archive([], folder: "").archive, kind + "criu.checkpoint.criu.tar"),
            blob(envelope, kind + "checkpoint.config.v1+proto"),
            blob(
                Array("{}".utf8), "application/vnd.oci.image.manifest.v1+json",
                #", "annotations": {"org.opencontainers.image.ref.name": "docker.io/library/db:1"}"#),
        ]
        var index = #"{"schemaVersion": 2, "manifests": [\#(blobs.joined(separator: ","))]}"#
        if isDeep {
            index = #"{"manifests": [\#(blob(Array(index.utf8), "application/vnd.oci.image.index.v1+json"))]}"#
        }
        tar.add("oci-layout", Array(#"{"imageLayoutVersion": "1.0.0"}"#.utf8))
        tar.add("index.json", Array(index.utf8))
        let container = try #require(try openArchive(tar.archive).container.value)
        #expect(container.engine == .value(.containerd) && container.hostname == .value("h"))
        #expect(container.image.name == .value("docker.io/library/db:1"))
    }
}
