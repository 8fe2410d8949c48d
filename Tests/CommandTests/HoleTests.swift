import CheckpointTestSupport
import Foundation
import Testing

/// Pages images with holes, as `criu dedup` leaves them.
@Suite("Holes in pages images")
struct HoleTests {
    private static let pid = "4835"
    private static let hole = "zeros that a copy stored sparsely, or superseded by a newer dump"

    /// A copy of a dump with a hole where the page of an address was that has a text across pages.
    private func punched() throws -> ScratchFolder {
        let folder = try ScratchFolder(copyOf: .named("memory"))
        try punch(folder.path("pages-3.img"), 0x21000, 0x1000)
        return folder
    }

    private func punch(_ file: String, _ offset: Int, _ count: Int) throws {
        let run = try shell("fallocate --punch-hole --offset \(offset) --length \(count) '\(file)'")
        #expect(run.status == 0, "\(run.errorText)")
    }

    @Test("A page in a hole reads as zeros, and is marked")
    func marked() throws {
        let folder = try punched()
        let read = ["memory", "read", folder.path, "--pid", HoleTests.pid, "0x7f61977a0ff5", "29"]
        let run = try cryoscope(read)
        #expect(run.status == 0 && run.errorText == "")
        #expect(
            run.outputText == """
                # rw-p anonymous: pages-3.img at 0x21ff5, a hole: \(HoleTests.hole)
                7f61977a0ff5                 00 00 00  00 00 00 00 00 00 00 00  |     ...........|
                # rw-p anonymous: pages-3.img at 0x22000
                7f61977a1000  57 4f 2d 50 41 47 45 53  2d 73 65 63 72 65 74 2d  |WO-PAGES-secret-|
                7f61977a1010  30 35                                             |05|

                """)
        let json = try cryoscope(read + ["--json"])
        #expect(json.outputText.split(separator: #""hole": true"#).count == 2)
    }

    @Test("Pages in holes are counted")
    func counted() throws {
        let folder = try punched()
        let holes = try holeCount(folder.path)
        #expect(try holes == holeCount(images("memory")) + 1)
        let map = try cryoscope("memory", "map", folder.path, "--pid", HoleTests.pid)
        #expect(map.outputText.contains("of the pages images: \(HoleTests.hole)\n"))
        let core = try cryoscope(
            "export", folder.path, "--format", "core", "--pid", HoleTests.pid, "-o", folder.path("core"))
        #expect(core.outputText.contains("\(holes * 4) KiB out of holes in pages images: \(HoleTests.hole)"))
    }

    /// How many pages of the first process are in holes: what copied the fixtures may have made some already.
    private func holeCount(_ path: String) throws -> Int {
        struct Map: Decodable {
            let processes: [Process]
            struct Process: Decodable { let vmas: [Area] }
            struct Area: Decodable { let pages: Pages }
            struct Pages: Decodable { let in_holes: Int }
        }
        let run = try cryoscope("memory", "map", path, "--pid", HoleTests.pid, "--json")
        let map = try JSONDecoder().decode(Map.self, from: Data(run.output))
        return map.processes.flatMap(\.vmas).reduce(0) { $0 + $1.pages.in_holes }
    }

    @Test("An export does not tell a sparse copy from another")
    func exported() throws {
        let folder = try punched()
        let other = try ScratchFolder(copyOf: .named("memory"))
        var pages = try other.bytes("pages-3.img")
        pages.replaceSubrange(0x21000..<0x22000, with: Array(repeating: 0, count: 0x1000))
        try other.write("pages-3.img", pages)
        func export(_ folder: ScratchFolder) throws -> String {
            try cryoscope("export", ".", in: folder.url).outputText
        }
        let text = try export(folder)
        #expect(try text.contains("memory") && text == export(other))
    }

    @Test("Entries of page maps stay whole for who counts as crit does")
    func explorer() throws {
        let folder = try punched()
        #expect(try cryoscope("x", folder.path, "rss").output == cryoscope("x", images("memory"), "rss").output)
    }

    @Test("A hole in a part of a page is none of CRIU's")
    func partOfPage() throws {
        let folder = try ScratchFolder(copyOf: .named("ppc64el"))
        let read = ["memory", "read", folder.path, "--pid", "188", "0x7fff99050000", "64K"]
        let heading = try #require(try cryoscope(read).outputText.split(separator: "\n").first)
        let words = heading.split(separator: " ")
        let (image, place) = (
            String(words[words.count - 3]), try #require(Int(words[words.count - 1].dropFirst(2), radix: 16))
        )
        try punch(folder.path(image), place + 0x8000, 0x1000)
        let part = try cryoscope(read).outputText
        #expect(part.hasPrefix(heading + "\n") && !part.contains("hole"))
        try punch(folder.path(image), place, 0x10000)
        #expect(try cryoscope(read).outputText.contains(HoleTests.hole))
    }

    @Test("Pages that a newer dump has are read from there, whatever became of the parent's")
    func chain() throws {
        let folder = try ScratchFolder()
        let chain = Scenario.named("chain/3").folder.deletingLastPathComponent()
        for name in ["1", "2", "3"] {
            try FileManager.default.copyItem(at: chain.appending(path: name), to: folder.url.appending(path: name))
        }
        func extract(_ name: String) throws -> [UInt8] {
            let run = try cryoscope(
                "memory", "extract", folder.path("3"), "--pid", "403", "--all", "-o", folder.path(name))
            #expect(run.status == 0 && run.errorText == "")
            return try folder.bytes(name)
        }
        let before = try extract("before")
        try supersede(in: folder)
        #expect(try extract("after") == before)
    }

    /// Makes holes of the pages of the second dump that the third has as well.
    private func supersede(in folder: ScratchFolder) throws {
        struct PageMap: Decodable {
            let entries: [Entry]
            struct Entry: Decodable {
                let vaddr: String?
                let compat_nr_pages: UInt64?
                let flags: String?
            }
        }
        func pages(_ level: String) throws -> [(address: UInt64, isHere: Bool)] {
            let run = try cryoscope("decode", "-i", folder.path("\(level)/pagemap-403.img"), "--pretty")
            let map = try JSONDecoder().decode(PageMap.self, from: Data(run.output))
            return map.entries.flatMap { entry -> [(UInt64, Bool)] in
                guard let start = entry.vaddr.flatMap({ UInt64($0.dropFirst(2), radix: 16) }) else { return [] }
                let isHere = entry.flags?.contains("PE_PRESENT") == true
                return (0..<(entry.compat_nr_pages ?? 0)).map { (start + $0 * 4096, isHere) }
            }
        }
        let newer = Set(try pages("3").filter(\.isHere).map(\.address))
        var place = 0
        var count = 0
        for page in try pages("2") where page.isHere {
            if newer.contains(page.address) {
                try punch(folder.path("2/pages-1.img"), place, 4096)
                count += 1
            }
            place += 4096
        }
        #expect(count > 0)
    }
}
