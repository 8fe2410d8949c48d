import CheckpointTestSupport
import EvidenceText
import Foundation
import Testing

@testable import CheckpointModel

@Suite("Changes of the root file system")
struct FileChangeTests {
    private func checkpoint(_ archive: [UInt8]?, deleted: String? = nil, spec: String? = nil) -> Checkpoint {
        var source = MemorySource()
        source.addProcesses([(1, 0)])
        source.images["rootfs-diff.tar"] = archive
        source.images["deleted.files"] = deleted.map { Array($0.utf8) }
        source.images["spec.dump"] = spec.map { Array($0.utf8) }
        return source.open()
    }

    /// A layer as containerd writes it.
    private static let layer: TarBuilder = {
        var tar = TarBuilder()
        tar.add("etc/app.conf", [1, 2, 3])
        tar.add("etc/.wh.shadow", [])
        tar.add("var/cache/.wh..wh..opq", [])
        tar.add("usr/bin/sh", linkTo: "/bin/dash")
        return tar
    }()

    private static let layerChanges: [(ByteText, FileChange.Kind)] = [
        ("/etc/app.conf", .written), ("/etc/shadow", .deleted), ("/usr/bin/sh", .written), ("/var/cache", .emptied),
    ]

    @Test("The layer of containerd, with whiteouts and a replaced directory")
    func layer() throws {
        let changes = try #require(checkpoint(try Compression.gzip.pack(Self.layer.archive)).fileSystemChanges.value)
        #expect(changes.changes.map(\.path) == Self.layerChanges.map(\.0))
        #expect(changes.changes.map(\.kind) == Self.layerChanges.map(\.1))
        #expect(changes.changes[0].file?.content.value?.prefix(9) == [1, 2, 3])
        #expect(changes.changes[2].file?.linkTarget == "/bin/dash")
        #expect(changes.writtenAbsence == nil && changes.deletedAbsence == nil)
    }

    @Test("A layer that is not compressed, of an engine that writes layers")
    func plainLayer() throws {
        let spec = #"{"annotations": {"io.kubernetes.cri.sandbox-id": "x"}}"#
        let changes = try #require(checkpoint(Self.layer.archive, spec: spec).fileSystemChanges.value)
        #expect(changes.changes.map(\.kind) == Self.layerChanges.map(\.1))
    }

    @Test("In other archives a program can have chosen such a name: it hides no file")
    func chosenName() throws {
        let changes = try #require(checkpoint(Self.layer.archive, deleted: "[]").fileSystemChanges.value)
        #expect(changes.changes.allSatisfy { $0.kind == .written })
        #expect(changes.changes.map(\.path).contains("/etc/.wh.shadow"))
    }

    @Test("Deleted files alone, and an archive alone")
    func oneOfBoth() throws {
        let deleted = try #require(checkpoint(nil, deleted: #"["/b", "/a"]"#).fileSystemChanges.value)
        #expect(deleted.changes.map(\.path) == ["/a", "/b"] && deleted.writtenAbsence?.reason == .noImage)
        let written = try #require(checkpoint(Self.layer.archive).fileSystemChanges.value)
        #expect(written.deletedAbsence?.reason == .noImage)
        #expect(checkpoint(nil).fileSystemChanges.absence?.reason == .noImage)
    }

    @Test("Names that lead outside are shown, not followed")
    func outside() throws {
        var tar = TarBuilder()
        tar.add("../../etc/passwd", [7])
        let changes = try #require(checkpoint(tar.archive).fileSystemChanges.value)
        #expect(changes.changes.map(\.path) == ["/../../etc/passwd"])
    }

    @Test("An archive that is none, and one that is cut")
    func damaged() throws {
        let broken = checkpoint(Array("not a tar".utf8), deleted: #"["/a"]"#)
        let changes = try #require(broken.fileSystemChanges.value)
        #expect(changes.changes.map(\.path) == ["/a"] && changes.writtenAbsence?.reason == .damaged)
        #expect(broken.problems.contains { $0.image == "rootfs-diff.tar" })
        let cut = checkpoint(Array(Self.layer.archive[..<(512 * 3 + 100)]))
        #expect(cut.fileSystemChanges.value?.changes.map(\.path) == ["/etc/.wh.shadow", "/etc/app.conf"])
        #expect(cut.problems.contains { $0.code == "damaged-archive" })
        let badList = checkpoint(Self.layer.archive, deleted: #"["/a", 1"#)
        #expect(badList.fileSystemChanges.value?.changes.contains { $0.path == "/a" } == true)
        #expect(badList.metadataProblems.map(\.image) == ["deleted.files"])
    }
}
