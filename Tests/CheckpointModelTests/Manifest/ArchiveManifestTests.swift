import CRIUImages
import CheckpointTestSupport
import EvidenceText
import Foundation
import SystemPackage
import Testing

@testable import CheckpointModel

@Suite("Manifests of archives")
struct ArchiveManifestTests {
    private func tar() throws -> TarBuilder {
        var tar = TarBuilder()
        tar.add(folder: "checkpoint/")
        for image in Scenario.named("crash").images { tar.add("./checkpoint/" + image.fileName, try image.bytes()) }
        tar.add("config.dump", Array("{}".utf8))
        tar.add("copy", sameAs: "config.dump")
        tar.add("link", linkTo: "/etc/passwd")
        tar.add(device: "device")
        return tar
    }

    private func manifest(_ bytes: [UInt8], named name: String = "made.tar") throws -> EvidenceManifest {
        let folder = try ScratchFolder()
        try folder.write(name, bytes)
        return try Evidence.manifest(folder.path(name))
    }

    @Test("The file itself and every member", arguments: [nil] + Compression.allCases)
    func members(_ compression: Compression?) throws {
        let plain = try tar().archive
        let bytes = try compression?.pack(plain) ?? plain
        let manifest = try manifest(bytes)
        #expect(manifest.sources.count == 1 && manifest.problems.isEmpty)
        let source = manifest.sources[0]
        #expect(source.kind == .archive && source.compression == compression?.rawValue)
        #expect(source.file == EvidenceSource.File(size: UInt64(bytes.count), sha256: sha256(bytes)))
        let images = Scenario.named("crash").images
        #expect(source.members.map(\.name) == source.members.map(\.name).sorted())
        #expect(source.members.count == images.count + 5)
        let byPath = manifest.byPath
        for image in images {
            let member = byPath[ByteText("checkpoint/" + image.fileName)]
            let content = try image.bytes()
            #expect(member?.size == UInt64(content.count) && member?.sha256 == .value(sha256(content)))
        }
        #expect(byPath["checkpoint/pstree.img"]?.imageKind == "PSTREE")
        #expect(byPath["copy"]?.type == .hardLink && byPath["copy"]?.target == "config.dump")
        #expect(byPath["link"]?.type == .symbolicLink && byPath["device"]?.type == .characterDevice)
        // The digest is that of the file alone.
        let line = "file\t\(bytes.count)\t\(sha256(bytes))\ttext:\ttext:\t\n"
        #expect(manifest.digest == sha256(Array(line.utf8)))
    }

    @Test("Members with one name are all listed, in their order")
    func duplicates() throws {
        var tar = TarBuilder()
        for byte: UInt8 in [3, 1, 2] { tar.add("checkpoint/inventory.img", [byte]) }
        let members = try manifest(tar.archive).sources[0].members
        #expect(members.map(\.sha256?.value) == [[3], [1], [2]].map { sha256($0) })
    }

    @Test("Holes are zeros, and may not cost more than an archive can unpack to")
    func sparse() throws {
        var tar = TarBuilder()
        tar.add(sparse: "checkpoint/pages-1.img", size: 1 << 20, at: 4096, Array("data".utf8))
        var content = [UInt8](repeating: 0, count: 1 << 20)
        content.replaceSubrange(4096..<4100, with: "data".utf8)
        #expect(try manifest(tar.archive).sources[0].members[0].sha256 == .value(sha256(content)))
        var context = SourceContext()
        context.limits.unpacked = 1 << 19
        context.limits.ratio = 1
        let digests = try ArchiveDigests(ImageBytes(tar.archive), context)
        #expect(digests.members[0].sha256?.absence?.reason == .damaged)
        #expect(digests.problems.map(\.image) == ["checkpoint/pages-1.img"])
    }

    @Test("An archive that is cut off: its own digest, and what is there", arguments: [nil, Compression.gzip])
    func truncated(_ compression: Compression?) throws {
        let plain = try tar().archive
        let whole = try compression?.pack(plain) ?? plain
        let bytes = Array(whole.prefix(whole.count / 2))
        let manifest = try manifest(bytes)
        #expect(manifest.sources[0].file?.sha256 == sha256(bytes))
        #expect(!manifest.problems.isEmpty && manifest.problems.allSatisfy { $0.code == "damaged-archive" })
        #expect(!manifest.sources[0].members.isEmpty)
        #expect(manifest.sources[0].members.contains { $0.sha256?.absence != nil })
    }

    @Test("A file that is no archive has a manifest all the same")
    func file() throws {
        let bytes = try Scenario.named("crash").image("pstree.img").bytes()
        let manifest = try manifest(bytes, named: "pstree.img")
        #expect(manifest.sources.map(\.kind) == [.file] && manifest.sources[0].members.isEmpty)
        #expect(manifest.sources[0].file?.sha256 == sha256(bytes) && manifest.problems.isEmpty)
    }

    // MARK: Archives in archives

    /// An OCI image layout with the archive as its layer.
    private func layout() throws -> (folder: ScratchFolder, layer: String) {
        let folder = try ScratchFolder()
        try folder.makeFolder("blobs/sha256")
        func add(_ bytes: [UInt8]) throws -> String {
            try folder.write("blobs/sha256/" + sha256(bytes), bytes)
            return sha256(bytes)
        }
        let layer = try add(try Compression.gzip.pack(try tar().archive))
        let manifest = try add(
            Array(
                #"""
                {"layers": [{"mediaType": "application/vnd.oci.image.layer.v1.tar+gzip", "digest": "sha256:\#(layer)"}]}
                """#.utf8))
        try folder.write("oci-layout", Array(#"{"imageLayoutVersion": "1.0.0"}"#.utf8))
        try folder.write(
            "index.json",
            Array(
                #"""
                {"manifests": [{"mediaType": "application/vnd.oci.image.manifest.v1+json", "digest": "sha256:\#(manifest)"}]}
                """#.utf8))
        return (folder, "blobs/sha256/" + layer)
    }

    @Test("Images in an archive inside are members of a source of their own", arguments: [false, true])
    func nested(_ isPacked: Bool) throws {
        let (folder, layer) = try layout()
        let path: String
        if isPacked {
            var tar = TarBuilder()
            for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
            where !name.hasSuffix("blobs") && !name.hasSuffix("sha256") {
                tar.add(name, try folder.bytes(name))
            }
            try folder.write("packed.tar", tar.archive)
            path = folder.path("packed.tar")
        } else {
            path = folder.path
        }
        let manifest = try Evidence.manifest(path)
        #expect(manifest.sources.map(\.kind) == [isPacked ? .archive : .directory, .nestedArchive])
        #expect(manifest.sources[0].isImageLayout && manifest.sources[1].compression == "gzip")
        #expect(manifest.sources[1].name == ByteText(layer))
        let image = Scenario.named("crash").image("pstree.img")
        let member = manifest.byPath[ByteText(layer + "/checkpoint/pstree.img")]
        #expect(member?.sha256 == .value(sha256(try image.bytes())) && member?.imageKind == "PSTREE")
        #expect(manifest.byPath[ByteText(layer)]?.sha256?.value == manifest.sources[1].file?.sha256)
        // What is inside does not count twice.
        #expect(try Checkpoint(path: FilePath(path)).manifestDigest == .value(manifest.digest))
    }

    @Test("Each container of a pod", arguments: ["pod.options", "pod.dump"])
    func pod(_ options: String) throws {
        var pod = TarBuilder()
        pod.add(options, Array("{}".utf8))
        for name in ["one", "two"] { pod.add("\(name).tar", try tar().archive) }
        let manifest = try manifest(pod.archive)
        #expect(manifest.sources.map(\.name) == ["", "one.tar", "two.tar"])
        #expect(manifest.byPath["two.tar/checkpoint/pstree.img"]?.imageKind == "PSTREE")
    }
}
