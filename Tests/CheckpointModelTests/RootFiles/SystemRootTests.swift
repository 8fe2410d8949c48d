import CRIUImages
import CheckpointTestSupport
import EvidenceText
import Foundation
import SystemPackage
import Testing

@testable import CheckpointModel

/// Files are opened inside the directory that stands for a root file system, whatever links it holds.
@Suite("A directory as root file system")
struct SystemRootTests {
    private let outer: ScratchFolder
    private let root: SystemRoot

    init() throws {
        outer = try ScratchFolder()
        try outer.makeFolder("root/usr/lib")
        try outer.write("secret", Array("outside".utf8))
        try outer.write("root/secret", Array("inside".utf8))
        try outer.write("root/usr/lib/file", Array("content".utf8))
        root = try SystemRoot(path: FilePath(outer.path("root")))
    }

    private func content(_ path: ByteText) -> String? {
        root.bytes(of: path).value.map { String(decoding: $0.copy(0..<$0.count), as: UTF8.self) }
    }

    @Test("A path, with and without a slash in front, with dots and empty names")
    func paths() {
        for path: ByteText in ["/usr/lib/file", "usr/lib/file", "//usr/./lib//file", "/usr/lib/../lib/file"] {
            #expect(content(path) == "content")
        }
    }

    @Test("Links are followed inside: absolute ones begin at the directory")
    func links() throws {
        try outer.link("root/lib", to: "usr/lib")
        try outer.link("root/absolute", to: "/usr/lib/file")
        try outer.link("root/usr/up", to: "../lib/file")
        #expect(content("/lib/file") == "content")
        #expect(content("/absolute") == "content")
        #expect(content("/usr/up") == "content")
    }

    @Test("Nothing leads out")
    func escapes() throws {
        try outer.link("root/out", to: "../secret")
        try outer.link("root/usr/far", to: "../../../../../../secret")
        try outer.link("root/absolute", to: outer.path("secret"))
        try outer.link("root/folder", to: "..")
        #expect(content("/../secret") == "inside")
        #expect(content("/out") == "inside")
        #expect(content("/usr/far") == "inside")
        #expect(content("/folder/secret") == "inside")
        #expect(root.open("/absolute").absence?.reason == .noImage)
    }

    @Test("Loops of links, missing files, folders, FIFOs and names with NUL are no files")
    func others() throws {
        try outer.link("root/one", to: "two")
        try outer.link("root/two", to: "one")
        #expect(mkfifo(outer.path("root/fifo"), 0o600) == 0)
        #expect(root.open("/one").absence?.reason == .unreadable)
        #expect(root.open("/fifo").absence?.reason == .unreadable)
        #expect(root.open("/usr").absence?.reason == .unreadable)
        #expect(root.open("/").absence?.reason == .unreadable)
        #expect(root.open(ByteText([0x61, 0, 0x62])).absence?.reason == .unreadable)
        #expect(root.open("/usr/lib/file/more").absence?.reason == .noImage)
        #expect(root.open("/nothing").absence?.reason == .noImage)
        let long = ByteText(String(repeating: "a/", count: 5000))
        #expect(root.open(long).absence?.reason == .unreadable)
    }

    @Test("What is no directory is no root")
    func noDirectory() {
        #expect(throws: CheckpointError.self) { try SystemRoot(path: FilePath(outer.path("secret"))) }
        #expect(throws: CheckpointError.self) { try SystemRoot(path: FilePath(outer.path("nothing"))) }
    }
}
