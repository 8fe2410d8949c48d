import CRIUImages
import CheckpointTestSupport
import EvidenceText
import Foundation
import SystemPackage
import Testing

@testable import CheckpointModel

@Suite("OCI image layouts")
struct OCILayoutTests {
    /// A layout that is written blob by blob.
    private final class Layout {
        let folder: ScratchFolder

        init() throws {
            folder = try ScratchFolder()
            try folder.makeFolder("blobs/sha256")
            try folder.write("oci-layout", Array(#"{"imageLayoutVersion": "1.0.0"}"#.utf8))
        }

        func add(_ bytes: [UInt8]) throws -> String {
            let digest = sha256(bytes)
            try folder.write("blobs/sha256/" + digest, bytes)
            return digest
        }

        func add(_ json: String) throws -> String { try add(Array(json.utf8)) }

        func finish(_ manifests: [(type: String, digest: String, annotations: String)]) throws {
            let list = manifests.map {
                #"{"mediaType": "\#($0.type)", "digest": "sha256:\#($0.digest)", "size": 1, "annotations": {\#($0.annotations)}}"#
            }
            try folder.write(
                "index.json", Array(#"{"schemaVersion": 2, "manifests": [\#(list.joined(separator: ","))]}"#.utf8))
        }
    }

    private static let manifestType = "application/vnd.oci.image.manifest.v1+json"
    private static let indexType = "application/vnd.oci.image.index.v1+json"

    private func open(_ path: String, container: String? = nil) throws -> Checkpoint {
        var options = OpenOptions()
        options.container = container
        return try Checkpoint(path: FilePath(path), options)
    }

    private func firstArgument(_ checkpoint: Checkpoint, _ pid: Int) throws -> ByteText? {
        checkpoint.arguments(checkpoint.memory(of: try #require(checkpoint.process(pid)))).value?.first
    }

    private func shelltree(_ suffix: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: Scenario.fixtures.appending(path: "archives/shelltree." + suffix)))
    }

    /// An image with an archive as its only layer, as checkpointctl builds it.
    private func image(_ layer: [UInt8], in layout: Layout) throws -> String {
        let digest = try layout.add(layer)
        let config = try layout.add("{}")
        return try layout.add(
            #"""
            {"schemaVersion": 2, "config": {"digest": "sha256:\#(config)"},
             "layers": [{"mediaType": "application/vnd.oci.image.layer.v1.tar+gzip", "digest": "sha256:\#(digest)"}],
             "annotations": {"org.criu.checkpoint.container.name": "web", "org.criu.checkpoint.pod.name": ""}}
            """#)
    }

    @Test("A checkpoint in a layer, in every compression", arguments: ["tar", "tar.gz", "tar.zst"])
    func layer(_ suffix: String) throws {
        let layout = try Layout()
        try layout.finish([(Self.manifestType, try image(try shelltree(suffix), in: layout), "")])
        let checkpoint = try open(layout.folder.path)
        #expect(checkpoint.container.value?.name.value == "web")
        #expect(checkpoint.processes.value?.map(\.pid) == [1, 8, 10, 9])
        #expect(checkpoint.problems == [])
        #expect(checkpoint.library.source.attachment("oci-manifest.json")?.value != nil)
        #expect(checkpoint.sourceFiles.first?.kind == .archive)
    }

    @Test("The layout in a tar, plain and packed", arguments: [nil, .gzip, .zstd] as [Compression?])
    func archive(_ compression: Compression?) throws {
        let layout = try Layout()
        try layout.finish([(Self.manifestType, try image(try shelltree("tar.gz"), in: layout), "")])
        let tar = try ToolRun(URL(filePath: "/usr/bin/env"), ["tar", "-cf", "-", "."], in: layout.folder.url)
        let folder = try ScratchFolder()
        try folder.write("image", try compression?.pack(tar.output) ?? tar.output)
        let checkpoint = try open(folder.path("image"))
        #expect(try firstArgument(checkpoint, 1) == "sleep")
        #expect(checkpoint.problems == [])
        #expect(checkpoint.sourceFiles.prefix(2).map(\.kind) == [.archive, .archive])
    }

    @Test("A blob that is not what its digest says is shown, with a warning")
    func wrongDigest() throws {
        let layout = try Layout()
        let bytes = try shelltree("tar")
        try layout.finish([(Self.manifestType, try image(bytes, in: layout), "")])
        try layout.folder.write("blobs/sha256/" + sha256(bytes), try shelltree("tar.gz"))
        let checkpoint = try open(layout.folder.path)
        #expect(checkpoint.problems.map(\.code) == ["bad-digest"])
        #expect(checkpoint.problems.first?.image == "blobs/sha256/" + sha256(bytes))
        #expect(checkpoint.container.value?.name.value == "web")
    }

    @Test("Blobs of containerd: images at the top of a tar, the configuration packed in a message")
    func containerd() throws {
        let layout = try Layout()
        var images = TarBuilder()
        for image in Scenario.named("crash").images { images.add(image.fileName, try image.bytes()) }
        let configuration = MessageBuilder().text(1, "types.containerd.io/opencontainers/runtime-spec/1/Spec")
            .text(2, #"{"hostname": "box", "annotations": {"io.kubernetes.cri.container-name": "web"}}"#)
        var changes = TarBuilder()
        changes.add("etc/.wh.motd", [])
        let type = "application/vnd.containerd.container."
        let parts = [
            (type + "criu.checkpoint.criu.tar", try layout.add(images.archive)),
            (type + "checkpoint.config.v1+proto", try layout.add(configuration.bytes)),
            ("application/vnd.oci.image.layer.v1.tar+gzip", try layout.add(try Compression.gzip.pack(changes.archive))),
            (Self.manifestType, try layout.add(#"{"layers": []}"#)),
        ]
        let list = parts.map { #"{"mediaType": "\#($0.0)", "digest": "sha256:\#($0.1)"}"# }.joined(separator: ",")
        let index = try layout.add(#"{"schemaVersion": 2, "manifests": [\#(list)]}"#)
        try layout.finish([(Self.indexType, index, #""org.opencontainers.image.ref.name": "redis-checkpoint""#)])
        let checkpoint = try open(layout.folder.path)
        #expect(try firstArgument(checkpoint, 4888) == "crash")
        #expect(checkpoint.problems == [])
        #expect(checkpoint.container.value?.engine == .value(.containerd))
        let listing = try #require(checkpoint.library.archive("rootfs-diff.tar").value)
        #expect(listing.members.map(\.name) == ["etc/.wh.motd"])
        #expect(checkpoint.library.source.attachmentNames.contains("spec.dump"))
    }

    @Test("Several checkpoints in an index are told apart by their names")
    func several() throws {
        let layout = try Layout()
        let image = try image(try shelltree("tar"), in: layout)
        try layout.finish([
            (Self.manifestType, image, #""org.opencontainers.image.ref.name": "one""#),
            (Self.manifestType, try layout.add(#"{"layers": []}"#), ""),
            (
                Self.manifestType, try layout.add(#"{"layers": [{"digest": "sha256:\#(try redis(layout))"}]}"#),
                #""org.opencontainers.image.ref.name": "two""#
            ),
        ])
        #expect(throws: CheckpointError.self) { try open(layout.folder.path) }
        #expect(try open(layout.folder.path, container: "two").container.value?.name.value == "cache")
        #expect(try open(layout.folder.path, container: "cache").container.value?.name.value == "cache")
    }

    private func redis(_ layout: Layout) throws -> String {
        try layout.add(
            [UInt8](try Data(contentsOf: Scenario.fixtures.appending(path: "archives/redis-before.tar.zst"))))
    }

    @Test(
        "Broken layouts are refused with what is wrong",
        arguments: [
            ("{", "is not a checkpoint"),
            (#"{"manifests": [{"digest": "sha256:../../../etc/passwd"}]}"#, "not a digest"),
            (#"{"manifests": [{"digest": "sha256:00"}]}"#, "is not there"),
            (#"{"manifests": [{}]}"#, "not a digest"),
        ])
    func broken(_ index: String, _ detail: String) throws {
        let layout = try Layout()
        try layout.folder.write("index.json", Array(index.utf8))
        let error = #expect(throws: CheckpointError.self) { try open(layout.folder.path) }
        #expect(error?.detail.contains(detail) == true, "\(error?.detail ?? "")")
    }

    @Test("An index that leads to itself ends")
    func circle() throws {
        let layout = try Layout()
        let inner = #"{"manifests": [{"digest": "sha512:00"}, {"digest": "sha256:11"}]}"#
        try layout.folder.write("blobs/sha256/11", Array(inner.utf8))
        try layout.folder.write("index.json", Array(inner.utf8))
        #expect(throws: CheckpointError.self) { try open(layout.folder.path) }
    }
}
