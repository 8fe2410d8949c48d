import CheckpointTestSupport
import EvidenceText
import Foundation
import SystemPackage
import Testing

@testable import CheckpointModel

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

@Suite("Manifests of directories")
struct DirectoryManifestTests {
    @Test("Every file counts, whatever it is, at any depth, in the order of its bytes")
    func everything() throws {
        let folder = try ScratchFolder(copyOf: .named("crash"))
        try folder.write("config.dump", Array("{}".utf8))
        try folder.makeFolder("deep/er")
        try folder.write("deep/er/unknown.bin", [1, 2, 3])
        try folder.write("deep-", [])
        let manifest = try Evidence.manifest(folder.path)
        #expect(manifest.sources.count == 1 && manifest.problems.isEmpty)
        let members = manifest.sources[0].members
        let expected = folder.names + ["deep/er", "deep/er/unknown.bin"]
        #expect(members.map(\.name) == expected.map { ByteText($0) }.sorted())
        for member in members where member.type == .file {
            let bytes = try folder.bytes(try #require(member.name.string))
            #expect(member.size == UInt64(bytes.count) && member.sha256 == .value(sha256(bytes)), "\(member.name)")
        }
        let byPath = manifest.byPath
        #expect(byPath["deep"]?.type == .directory && byPath["deep"]?.size == nil && byPath["deep"]?.sha256 == nil)
        #expect(byPath["pstree.img"]?.imageKind == "PSTREE" && byPath["config.dump"]?.imageKind == nil)
        #expect(byPath["pages-1.img"]?.imageKind == "PAGES" && byPath["stats-dump"]?.imageKind == "STATS")
    }

    @Test("What is no regular file is named, and neither followed nor opened")
    func types() throws {
        let folder = try ScratchFolder()
        try folder.link("link", to: "/etc/passwd")
        try folder.link("loop", to: ".")
        #expect(mkfifo(folder.path("fifo"), 0o600) == 0)
        let members = try Evidence.manifest(folder.path).byPath
        #expect(members.count == 3 && members["fifo"]?.type == .fifo)
        #expect(members["link"]?.type == .symbolicLink && members["link"]?.target == "/etc/passwd")
        #expect(members["loop"]?.target == "." && members.values.allSatisfy { $0.sha256 == nil && $0.size == nil })
    }

    @Test("Names that are not UTF-8 or have newlines are names")
    func names() throws {
        let folder = try ScratchFolder()
        for name in ["\u{1}\n\\", "\u{FF}"] {
            let path = Array(folder.path.utf8) + [0x2F] + (name == "\u{FF}" ? [0xFF, 0xFE] : Array(name.utf8)) + [0]
            let file = path.map(CChar.init(bitPattern:)).withUnsafeBufferPointer { creat($0.baseAddress!, 0o600) }
            #expect(file >= 0 && close(file) == 0)
        }
        let manifest = try Evidence.manifest(folder.path)
        #expect(manifest.sources[0].members.map(\.name) == ["\u{1}\n\\", ByteText([0xFF, 0xFE])])
        #expect(manifest.problems.isEmpty)
    }

    @Test("Names of one file are told")
    func hardLinks() throws {
        let folder = try ScratchFolder()
        try folder.write("b", [5])
        try folder.makeFolder("a")
        #expect(link(folder.path("b"), folder.path("a/c")) == 0 && link(folder.path("b"), folder.path("d")) == 0)
        let members = try Evidence.manifest(folder.path).byPath
        #expect(members["a/c"]?.sameFileAs == nil && members["b"]?.sameFileAs == "a/c")
        #expect(members["d"]?.sameFileAs == "a/c")
        #expect(Set(["a/c", "b", "d"].map { members[$0]?.sha256?.value }) == [sha256([5])])
    }

    // MARK: What belongs to a directory

    @Test("The snapshots that images build on are sources of their own")
    func chain() throws {
        let folder = try Evidence.chain()
        let manifest = try Evidence.manifest(folder.path("3"))
        #expect(manifest.sources.map(\.name) == ["", "parent", "parent/parent"])
        #expect(manifest.sources.map(\.kind) == [.directory, .parent, .parent] && manifest.problems.isEmpty)
        let members = manifest.byPath
        #expect(members["parent/parent/pages-1.img"]?.sha256 == .value(sha256(Array("pages 1".utf8))))
        #expect(members["parent"]?.type == .symbolicLink && members["parent"]?.target == "../2")
        // Of a directory that holds them all, they are members.
        let all = try Evidence.manifest(folder.path)
        #expect(all.sources.count == 1 && all.byPath["1/pages-1.img"] != nil)
    }

    @Test("A link to the parent snapshot can be a file, and lead in a circle")
    func textLink() throws {
        let folder = try Evidence.chain()
        try folder.write("1/parent", Array("../3\n".utf8))
        let manifest = try Evidence.manifest(folder.path("2"))
        #expect(manifest.sources.map(\.name) == ["", "parent", "parent/parent"] && manifest.problems.isEmpty)
    }

    @Test("A parent link that leads elsewhere opens nothing there")
    func badParent() throws {
        let folder = try Evidence.chain()
        let elsewhere = try ScratchFolder()
        try elsewhere.write("secret", [1])
        for (target, detail) in [
            (elsewhere.path, "no images"), ("../gone", "No such file"), ("../1/pages-1.img", "Not a directory"),
        ] {
            try FileManager.default.removeItem(atPath: folder.path("2/parent"))
            try folder.link("2/parent", to: target)
            let manifest = try Evidence.manifest(folder.path("2"))
            #expect(manifest.sources.count == 1)
            #expect(manifest.problems.map(\.image) == ["parent"], "\(target)")
            #expect(manifest.problems[0].code == "unreadable" && manifest.problems[0].detail.contains(detail))
        }
        // A folder without images has no snapshot, whatever lies in it.
        let plain = try ScratchFolder()
        try plain.link("parent", to: folder.path("1"))
        #expect(try Evidence.manifest(plain.path).sources.count == 1)
    }

    @Test("Files that an engine keeps near the images are evidence too")
    func neighbours() throws {
        let folder = try ScratchFolder()
        try folder.makeFolder("containers/c1/checkpoints/now")
        for image in Scenario.named("crash").images {
            try folder.write("containers/c1/checkpoints/now/" + image.fileName, image.bytes())
        }
        try folder.write("containers/c1/config.v2.json", Array("{}".utf8))
        try folder.write("containers/c1/other", [1])
        let manifest = try Evidence.manifest(folder.path("containers/c1/checkpoints/now"))
        #expect(manifest.sources.map(\.name) == ["", "../.."] && manifest.sources[1].kind == .neighbours)
        #expect(manifest.sources[1].members.map(\.name) == ["config.v2.json"])
        #expect(manifest.byPath["../../config.v2.json"]?.sha256 == .value(sha256(Array("{}".utf8))))
    }

    // MARK: The digest

    @Test("The digest is of the evidence, not of where it lies")
    func digest() throws {
        let (one, other) = (try Evidence.chain(), try Evidence.chain())
        try withExtendedLifetime((one, other)) {
            let digest = try Evidence.manifest(one.path("3")).digest
            #expect(try Evidence.manifest(other.path("3")).digest == digest)
            #expect(try Checkpoint(path: FilePath(one.path("3"))).manifestDigest == .value(digest))
        }
    }

    @Test(
        "Any change is another digest",
        arguments: ["content", "size", "name", "added", "removed", "link", "type", "parent", "empty folder"])
    func changes(_ change: String) throws {
        let folder = try Evidence.chain()
        let before = try Evidence.manifest(folder.path("3")).digest
        let files = FileManager.default
        switch change {
        case "content": try folder.write("3/pages-1.img", Array("pages 4".utf8))
        case "size": try folder.write("3/pages-1.img", [])
        case "name": try files.moveItem(atPath: folder.path("3/pages-1.img"), toPath: folder.path("3/pages-2.img"))
        case "added": try folder.write("3/new", [])
        case "removed": try files.removeItem(atPath: folder.path("3/pages-1.img"))
        case "link":
            try files.removeItem(atPath: folder.path("3/parent"))
            try folder.link("3/parent", to: "../1")
        case "type":
            try files.removeItem(atPath: folder.path("3/pages-1.img"))
            try folder.link("3/pages-1.img", to: "inventory.img")
        case "parent": try folder.write("1/pages-1.img", [])
        default: try folder.makeFolder("3/empty")
        }
        #expect(try Evidence.manifest(folder.path("3")).digest != before)
    }

    @Test("What is neither directory nor file is refused")
    func refused() throws {
        let folder = try ScratchFolder()
        #expect(mkfifo(folder.path("fifo"), 0o600) == 0)
        for name in ["fifo", "gone"] {
            #expect(throws: CheckpointError.self) { try Evidence.manifest(folder.path(name)) }
        }
    }
}

@Suite("Digests of what was read")
struct SourceDigestTests {
    @Test("A file that is replaced while it is open has the digest of what was read")
    func replaced() throws {
        let folder = try ScratchFolder(copyOf: .named("crash"))
        let before = try folder.bytes("pstree.img")
        let checkpoint = try Checkpoint(path: FilePath(folder.path))
        try folder.write("new", before + [0])
        #expect(rename(folder.path("new"), folder.path("pstree.img")) == 0)
        #expect(checkpoint.manifestDigest == .value(try Evidence.manifest(folder.path).digest))
        let file = checkpoint.sourceFiles.first { $0.name == "pstree.img" }
        #expect(file?.sha256 == .value(sha256(before)))
    }

    @Test("The manifest's digests are those that a file has by itself")
    func same() throws {
        let path = FilePath(Scenario.named("files").folder.path)
        let checkpoint = try Checkpoint(path: path)
        _ = checkpoint.files
        let alone = checkpoint.sourceFiles.map(\.sha256)
        #expect(!alone.isEmpty && alone.allSatisfy { $0.value != nil })
        #expect(checkpoint.manifestDigest.value != nil)
        let files = checkpoint.sourceFiles
        #expect(files.allSatisfy { !$0.digests.isEmpty } && files.map(\.sha256) == alone)
    }
}
