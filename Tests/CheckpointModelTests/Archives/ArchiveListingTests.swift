import CRIUImages
import CheckpointTestSupport
import EvidenceText
import Foundation
import Testing

@testable import CheckpointModel

@Suite("Members of archives")
struct ArchiveListingTests {
    private func list(_ archive: [UInt8], _ limits: UnpackLimits = UnpackLimits()) throws -> ArchiveListing {
        try ArchiveListing(ImageBytes(archive), name: "a.tar", SourceContext(limits: limits))
    }

    private static let sample: TarBuilder = {
        var tar = TarBuilder()
        tar.owner = (1000, 100)
        tar.add(folder: "./etc/")
        tar.mode = 0o4755
        tar.add("./etc/file", Array("content".utf8))
        tar.add("etc/link", linkTo: "../target")
        tar.add("etc/same", sameAs: "etc/file")
        tar.add(device: "dev/null", major: 1, minor: 3)
        tar.add(device: "dev/loop", type: "4", major: 7, minor: 0)
        tar.add(device: "run/fifo", type: "6")
        tar.add("empty", [])
        return tar
    }()

    @Test("What headers say, in every compression", arguments: [nil] + Compression.allCases.map { $0 })
    func headers(_ compression: Compression?) throws {
        let archive = Self.sample.archive
        let listing = try list(try compression?.pack(archive) ?? archive)
        #expect(listing.problems == [])
        let names: [ByteText] = [
            "etc", "etc/file", "etc/link", "etc/same", "dev/null", "dev/loop", "run/fifo", "empty",
        ]
        #expect(listing.members.map(\.name) == names)
        #expect(
            listing.members.map(\.type) == [
                .directory, .file, .symbolicLink, .hardLink, .characterDevice, .blockDevice, .fifo, .file,
            ])
        let file = listing.members[1]
        #expect(file.mode == 0o4755 && file.userID == 1000 && file.groupID == 100 && file.size == 7)
        #expect(file.modificationTime == 1_700_000_000)
        #expect(file.content.value?.prefix(100) == Array("content".utf8))
        #expect(listing.members[2].linkTarget == "../target")
        #expect(listing.members[2].content.absence?.reason == .notApplicable)
        #expect(listing.members[3].linkTarget == "etc/file")
        #expect(listing.members[4].device == .init(major: 1, minor: 3))
        #expect(listing.members[5].device == .init(major: 7, minor: 0))
        #expect(listing.members[7].content.value?.size == 0)
    }

    @Test("Names and times that do not fit into a header")
    func longNames() throws {
        let long = String(repeating: "long/", count: 60) + "café \u{1F50D}"
        var tar = TarBuilder()
        tar.add(records: [("path", long), ("mtime", "1700000001.25"), ("linkpath", "ü/" + long)])
        tar.add("short", linkTo: "x")
        tar.add(longName: long + "2")
        tar.add("short", [1])
        let members = try list(tar.archive).members
        #expect(members.map(\.name) == [ByteText(long), ByteText(long + "2")])
        #expect(members[0].linkTarget == ByteText("ü/" + long))
        #expect(members[0].modificationTime == 1_700_000_001 && members[0].modificationNanoseconds == 250_000_000)
    }

    @Test("Names that are not UTF-8 are kept")
    func badNames() throws {
        var tar = TarBuilder()
        tar.add("name", [1])
        var bytes = tar.archive
        // In place of "me", with the sum put right.
        (bytes[2], bytes[3]) = (0xFF, 0xFE)
        let sum = bytes[..<512].enumerated().reduce(0) { $0 + ((148..<156).contains($1.offset) ? 32 : Int($1.element)) }
        let digits = String(sum, radix: 8)
        bytes.replaceSubrange(148..<154, with: (String(repeating: "0", count: 6 - digits.count) + digits).utf8)
        #expect(try list(bytes).members.map(\.name) == [ByteText([0x6E, 0x61, 0xFF, 0xFE])])
    }

    @Test("Holes of sparse members read as zeros", arguments: [nil, .zstd] as [Compression?])
    func sparse(_ compression: Compression?) throws {
        var tar = TarBuilder()
        tar.add(sparse: "sparse", size: 4 << 20, at: 1 << 20, Array("behind a hole".utf8))
        tar.add("next", [7])
        let listing = try list(try compression?.pack(tar.archive) ?? tar.archive)
        let content = try #require(listing.members.first?.content.value)
        #expect(listing.problems == [])
        #expect(content.size == 4 << 20)
        let bytes = content.prefix(4 << 20)
        #expect(bytes.count == 4 << 20)
        #expect(bytes[..<(1 << 20)].allSatisfy { $0 == 0 } && bytes[(1 << 20)...].starts(with: "behind a hole".utf8))
        #expect(listing.members.last?.content.value?.prefix(9) == [7])
    }

    @Test("A sparse member of exabytes is refused, and what follows is read")
    func hugeSparse() throws {
        var tar = TarBuilder()
        tar.add(sparse: "huge", size: 0o77_777_777_777, at: 1, [1])
        tar.add(records: [("GNU.sparse.realsize", "9000000000000000000"), ("GNU.sparse.size", "9000000000000000000")])
        tar.add("huger", [1])
        tar.add("next", [7])
        let listing = try list(tar.archive)
        #expect(listing.members.last?.name == "next")
        #expect(listing.members.last?.content.value?.prefix(9) == [7])
    }

    // MARK: Damage

    @Test("A damaged header does not hide what follows", arguments: [nil, .gzip] as [Compression?])
    func damagedHeader(_ compression: Compression?) throws {
        var tar = TarBuilder()
        tar.add("first", [1])
        let start = tar.bytes.count
        tar.add("second", Array(repeating: 0, count: 3000) + [9])
        tar.add("third", [3])
        var bytes = tar.archive
        bytes[start + 150] ^= 1
        let listing = try list(try compression?.pack(bytes) ?? bytes)
        #expect(listing.members.map(\.name) == ["first", "third"])
        #expect(listing.problems.map(\.image) == ["a.tar/third"])
        #expect(listing.problems.first?.code == "damaged-archive")
    }

    @Test("What is there of a member that is cut off", arguments: [nil] + Compression.allCases.map { $0 })
    func cut(_ compression: Compression?) throws {
        var tar = TarBuilder()
        tar.add("first", [1])
        // More than any compressor keeps back, and nothing that it can shorten.
        var generator = SeededGenerator(seed: 1)
        let size = 4 << 20
        let content = (0..<size / 8).flatMap { _ in withUnsafeBytes(of: generator.next()) { Array($0) } }
        tar.add("second", content)
        let whole = try compression?.pack(tar.archive) ?? tar.archive
        let listing = try list(Array(whole[..<(whole.count * 2 / 3)]))
        #expect(!listing.problems.isEmpty)
        let second = try #require(listing.members.last)
        #expect(second.name == "second" && second.size == size)
        let held = try #require(second.content.value)
        #expect(held.size == size && held.missingCount > 0)
        #expect(held.absence?.reason == .damaged)
        let prefix = held.prefix(size)
        #expect(prefix.count > 1 << 20 && content.starts(with: prefix))
    }

    @Test("A changed byte of content is found by the sums of the compressor", arguments: Compression.allCases)
    func changedByte(_ compression: Compression) throws {
        var tar = TarBuilder()
        var generator = SeededGenerator(seed: 2)
        // Nothing that can be shortened, so that a changed byte changes one byte of content and nothing else.
        tar.add("first", (0..<1 << 17).flatMap { _ in withUnsafeBytes(of: generator.next()) { Array($0) } })
        tar.add("last", [1])
        var bytes = try compression.pack(tar.archive)
        bytes[bytes.count / 2] ^= 1
        do {
            #expect(try !list(bytes).problems.isEmpty)
        } catch is ArchiveDamage {
            // Of bzip2 nothing is left.
        }
    }

    @Test("Streams behind each other, as compressors write them, and archives behind each other")
    func concatenated() throws {
        let half = Self.sample.bytes.count / 1024 * 512
        let halves = [Array(Self.sample.archive[..<half]), Array(Self.sample.archive[half...])]
        for compression in Compression.allCases {
            #expect(try list(try halves.flatMap(compression.pack)).members.count == 8)
        }
        var other = TarBuilder()
        other.add("hidden behind the end", [1])
        let both = try list(Self.sample.archive + other.archive)
        #expect(both.members.last?.name == "hidden behind the end")
    }

    @Test("Members behind the end, where tar stops, are told", arguments: [nil, .gzip, .zstd] as [Compression?])
    func hidden(_ compression: Compression?) throws {
        var other = TarBuilder()
        other.add("hidden", [1])
        other.add("hidden too", [2])
        let whole = Self.sample.archive + other.archive
        let listing = try list(try compression?.pack(whole) ?? whole)
        #expect(listing.members.count == 10)
        #expect(listing.problems.map(\.image) == ["a.tar/hidden"])
        #expect(listing.problems.first?.detail.hasPrefix("this member and 1 more are behind the end") == true)
        // What fills a tape up is nothing.
        let padded = Self.sample.archive + Array(repeating: 0, count: 8704)
        #expect(try list(try compression?.pack(padded) ?? padded).problems == [])
    }

    @Test(
        "An archive that is cut between two members is told from a whole one",
        arguments: [nil, .gzip, .xz] as [Compression?])
    func cutAtMember(_ compression: Compression?) throws {
        var tar = TarBuilder()
        tar.add("first", Array(repeating: 1, count: 513))
        tar.add("second", Array(repeating: 2, count: 1024))
        for (bytes, isWhole) in [
            (tar.bytes, false), (tar.archive, true), (tar.bytes + Array(repeating: 0, count: 512), true),
        ] {
            let listing = try list(try compression?.pack(bytes) ?? bytes)
            #expect(listing.members.count == 2)
            #expect(listing.problems.isEmpty == isWhole)
            #expect(listing.problems.allSatisfy { $0.detail.contains("may have been cut off") })
        }
    }

    @Test("A tar whose first header is damaged is still a tar")
    func damagedStart() throws {
        var tar = TarBuilder()
        tar.add("first", Array(repeating: 7, count: 700))
        tar.add("second", [2])
        tar.add("third", [3])
        var bytes = tar.archive
        bytes[3] ^= 0x40
        let listing = try list(bytes)
        #expect(listing.members.map(\.name) == ["second", "third"])
        #expect(listing.members.last?.content.value?.prefix(9) == [3])
        #expect(listing.problems.count == 1)
        #expect(listing.problems.first?.detail.contains("begins with 1536 bytes that are no header") == true)
    }

    @Test("A packed archive that holds a tar as it is is no damaged tar")
    func stored() throws {
        // A gzip header with a name that ends where the next block begins, and the tar in it stored.
        var tar = TarBuilder()
        tar.add("first", [1])
        let name = Array(repeating: UInt8(ascii: "x"), count: 512 - 10 - 1 - 5) + [0]
        let packed = try Compression.gzip.pack(tar.archive)
        let content = tar.archive
        let size = withUnsafeBytes(of: UInt16(content.count).littleEndian) { Array($0) }
        let block = [1] + size + size.map { ~$0 } + content
        let stored = [0x1F, 0x8B, 8, 8, 0, 0, 0, 0, 0, 3] + name + block + packed.suffix(8)
        let listing = try list(stored)
        #expect(listing.members.map(\.name) == ["first"] && listing.problems == [])
    }

    @Test("A zstd stream that asks for a window of 2 GiB: what to do is said")
    func largeWindow() throws {
        let pack = try ToolRun(URL(filePath: "/usr/bin/env"), ["zstd", "-c", "--long=31"], input: Self.sample.archive)
        do {
            _ = try list(pack.output)
            Issue.record("it was read")
        } catch let error as ArchiveDamage {
            #expect(error.detail.contains("zstd -d --long=31"))
        }
    }

    @Test("A limit of the user's own counts")
    func ownLimit() throws {
        var tar = TarBuilder()
        tar.add("zeros", Array(repeating: 0, count: 8 << 20))
        let packed = ImageBytes(try Compression.gzip.pack(tar.archive))
        for (limit, isWhole) in [(1 << 20, false), (16 << 20, true)] as [(UInt64, Bool)] {
            var context = SourceContext()
            (context.limits.unpacked, context.limits.ratio) = (4 << 20, 1)
            context.options.unpackedLimit = limit
            let listing = try ArchiveListing(packed, name: nil, context)
            #expect(listing.problems.isEmpty == isWhole)
            #expect(listing.problems.allSatisfy { $0.detail.contains("--max-unpacked") })
        }
    }

    @Test("What is no archive", arguments: [Array("no archive".utf8), Array(repeating: 0xA5, count: 5000)])
    func noArchive(_ bytes: [UInt8]) {
        #expect(throws: ArchiveDamage.self) { try list(bytes) }
    }

    // MARK: Bounds

    @Test("An archive that unpacks to too much is read up to there", arguments: [Compression.gzip, .zstd, .xz])
    func bomb(_ compression: Compression) throws {
        var tar = TarBuilder()
        tar.add("first", [1])
        tar.add("zeros", Array(repeating: 0, count: 8 << 20))
        tar.add("last", [2])
        var limits = UnpackLimits()
        (limits.unpacked, limits.ratio) = (1 << 20, 1)
        let listing = try list(try compression.pack(tar.archive), limits)
        #expect(listing.members.map(\.name) == ["first", "zeros"])
        #expect(listing.problems.count == 1)
        #expect(listing.problems.first?.detail.contains("not plausible") == true)
        let zeros = try #require(listing.members.last?.content.value)
        #expect(zeros.size == 8 << 20 && zeros.missingCount > 6 << 20)
    }

    @Test("An archive with more members than it has room for is read up to there")
    func manyHeaders() throws {
        var tar = TarBuilder()
        for index in 0..<5000 { tar.add("\(index)", []) }
        var limits = UnpackLimits()
        limits.headers = 100_000
        let listing = try list(try Compression.zstd.pack(tar.archive), limits)
        #expect((100..<5000).contains(listing.members.count))
        #expect(listing.problems.count == 1)
    }

    /// `CRYOSCOPE_MEMBERS=1000000` is for a release build and some patience.
    @Test("Time is linear in the number of members")
    func manyMembers() throws {
        let count = ProcessInfo.processInfo.environment["CRYOSCOPE_MEMBERS"].flatMap(Int.init) ?? 40_000
        var tar = TarBuilder()
        tar.add("checkpoint/member-000000.img", [1])
        let one = tar.bytes
        var bytes: [UInt8] = []
        for _ in 0..<count { bytes += one }
        bytes += Array(repeating: 0, count: 1024)
        let tree = try quickly { try ArchiveTree(ImageBytes(bytes), SourceContext()) }
        #expect(tree.problems.count == count - 1)
    }
}
