import CheckpointTestSupport
import EvidenceText
import Foundation
import SystemPackage
import Testing

@testable import CheckpointModel

@Suite("The record of what was read")
struct SourceFileTests {
    private func files(_ path: String) throws -> [SourceFile] {
        let checkpoint = try Checkpoint(path: FilePath(path))
        for process in checkpoint.processes.value ?? [] { _ = checkpoint.arguments(checkpoint.memory(of: process)) }
        return checkpoint.sourceFiles
    }

    @Test("A directory: each image with its size and digest, sorted")
    func directory() throws {
        let scenario = Scenario.named("crash")
        let files = try files(scenario.folder.path)
        #expect(files.map(\.name) == files.map(\.name).sorted())
        for file in files {
            let bytes = try scenario.image(try #require(file.name.string)).bytes()
            #expect(file.size == UInt64(bytes.count))
            #expect(file.sha256 == .value(sha256(bytes)))
        }
        let pages = try #require(files.first { $0.kind == .pages })
        #expect(pages.name == "pages-1.img")
        #expect(pages.readCount > 0 && pages.readCount < pages.size)
        #expect(files.first { $0.name == "pstree.img" }?.readCount == files.first { $0.name == "pstree.img" }?.size)
    }

    @Test("Images of parents are named with the way to them")
    func parents() throws {
        let names = try files(Scenario.fixtures.appending(path: "chain/3").path).map(\.name)
        #expect(names.contains("parent/pagemap-403.img") && names.contains("parent/parent/pages-1.img"))
    }

    @Test("An archive: the archive first, and the same members in each compression")
    func archive() throws {
        let archive = Scenario.fixtures.appending(path: "archives/shelltree.tar")
        let plain = [UInt8](try Data(contentsOf: archive))
        let folder = try ScratchFolder()
        let all = try ([nil] + Compression.allCases.map { $0 }).map { compression in
            let bytes = try compression?.pack(plain) ?? plain
            try folder.write("archive", bytes)
            let path = folder.path("archive")
            let files = try files(path)
            #expect(files[0].kind == .archive && files[0].name == ByteText(path))
            #expect(files[0].size == UInt64(bytes.count) && files[0].sha256 == .value(sha256(bytes)))
            return files.dropFirst().map { "\($0.name) \($0.kind) \($0.size) \($0.readCount) \($0.sha256)" }
        }
        #expect(all[0].count > 20)
        #expect(all.allSatisfy { $0 == all[0] })
    }

    @Test("Ranges that touch are one", arguments: 0..<20)
    func ranges(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var ranges = MergedRanges()
        var numbers: Set<Int> = []
        for _ in 0..<50 {
            let start = Int.random(in: 0..<300, using: &generator)
            let range = start..<(start + Int.random(in: 0..<20, using: &generator))
            ranges.insert(range)
            numbers.formUnion(range)
            #expect(ranges.count == numbers.count)
        }
    }
}
