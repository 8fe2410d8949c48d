import CheckpointAnalysis
import CheckpointModel
import CheckpointTestSupport
import EvidenceText
import SystemPackage
import Testing

@Suite("Pages that differ")
struct PageChangeTests {
    private static let area = [MessageBuilder.vma(0x1_0000..<0x2_0000)]
    private static let lib = ["files.img": filesImage([(7, "/lib/a", 0x9000)])]

    private func differences(
        _ before: MadeCheckpoint, _ after: MadeCheckpoint
    ) throws -> MemoryDifference {
        try Comparison(before.checkpoint, after.checkpoint).process(1)
    }

    @Test("Modified, appeared, gone; runs of pages are joined")
    func kinds() throws {
        let before = try MadeCheckpoint(
            Self.area, [(0x1_0000, filled(1) + filled(2) + filled(3)), (0x1_8000, filled(8))])
        let after = try MadeCheckpoint(
            Self.area, [(0x1_0000, filled(1) + filled(20) + filled(30)), (0x1_A000, filled(9) + filled(9))])
        let found = try differences(before, after)
        #expect(
            found.pages.map(PageFacts.init) == [
                PageFacts(0x1_1000..<0x1_3000, .modified), PageFacts(0x1_8000..<0x1_9000, .gone),
                PageFacts(0x1_A000..<0x1_C000, .appeared),
            ])
        #expect(found.counts.identical == 1 && found.counts.modified == 2)
        #expect(found.counts.appeared == 2 && found.counts.gone == 1 && found.counts.unknown == 0)
        #expect(found.pages.map { $0.pageCount(pageSize: 4096) } == [2, 1, 2])
        #expect(MemoryLayout<PageChange>.stride <= 48)
    }

    @Test("A page of zeros is as one that was never written")
    func zeros() throws {
        let before = try MadeCheckpoint(Self.area, [(0x1_0000, filled(0) + filled(5))])
        let found = try differences(before, MadeCheckpoint(Self.area))
        #expect(found.pages.map(PageFacts.init) == [PageFacts(0x1_1000..<0x1_2000, .gone)])
    }

    @Test("The same bytes in a parent snapshot are no change")
    func parents() throws {
        let chained = try MadeCheckpoint(
            areas: Self.area,
            [
                .init(runs: [.run(0x1_0000, 1, flags: 1), .run(0x1_1000, 1)], pages: filled(2)),
                .init(runs: [.run(0x1_0000, 1)], pages: filled(1)),
            ])
        let whole = try MadeCheckpoint(Self.area, [(0x1_0000, filled(1) + filled(2))])
        let found = try differences(chained, whole)
        #expect(found.isEmpty && found.counts.identical == 2)
    }

    @Test("Lazy and lost pages are unknown, on whichever side, with the reason")
    func unknown() throws {
        func made(_ flags: UInt64, _ pages: [UInt8]) throws -> MadeCheckpoint {
            try MadeCheckpoint(areas: Self.area, [.init(runs: [.run(0x1_0000, 2, flags: flags)], pages: pages)])
        }
        let whole = try made(4, filled(1, pages: 2)), lazy = try made(2, []), short = try made(4, filled(1))
        let range: Range<UInt64> = 0x1_0000..<0x1_2000
        #expect(try differences(lazy, whole).pages.map(PageFacts.init) == [PageFacts(range, .unknown(.before, .lazy))])
        #expect(try differences(lazy, lazy).isEmpty == false)
        #expect(try differences(lazy, try made(2, [])).counts.unknown == 2)
        let lost = try differences(whole, short).pages
        guard case .unknown(.after, .lost(let detail)) = lost[0].kind else {
            Issue.record("\(lost)")
            return
        }
        #expect(lost.count == 1 && lost[0].addresses == 0x1_1000..<0x1_2000 && !detail.isEmpty)
        guard case .unknown(.both, .lost) = try differences(lazy, short).pages.last?.kind else {
            Issue.record("what is lost says more than what was left behind")
            return
        }
    }

    // MARK: Files

    @Test("Unchanged pages of one file are the same; a copy that the process wrote to has appeared")
    func fileCopies() throws {
        let area = [MessageBuilder.file(0x1_0000..<0x1_8000, protection: 3)]
        let before = try MadeCheckpoint(area, images: Self.lib)
        let after = try MadeCheckpoint(area, [(0x1_2000, filled(0))], images: Self.lib)
        let found = try differences(before, after)
        // Zeros are not what the file has, as far as is known.
        #expect(found.pages.map(PageFacts.init) == [PageFacts(0x1_2000..<0x1_3000, .appeared)])
        #expect(found.counts.identical == 0)
    }

    @Test("Unchanged pages of a file that is another one: unknown, and joined")
    func otherFile() throws {
        let area = [MessageBuilder.file(0x1_0000..<0x1_8000, protection: 3)]
        let before = try MadeCheckpoint(area, [(0x1_4000, filled(4))], images: Self.lib)
        let after = try MadeCheckpoint(
            area, [(0x1_4000, filled(4))], images: ["files.img": filesImage([(7, "/lib/b", 0x9000)])])
        let found = try differences(before, after)
        #expect(
            found.pages.map(PageFacts.init) == [
                PageFacts(0x1_0000..<0x1_4000, .unknown(.both, .cleanFilePage("/lib/a", offset: 0))),
                PageFacts(0x1_5000..<0x1_8000, .unknown(.both, .cleanFilePage("/lib/a", offset: 0x5000))),
            ])
        #expect(found.counts.identical == 1 && found.counts.unknown == 7)
    }

    @Test("Where the file is at hand and is known to be the one that was mapped, it stands for its pages")
    func fileAtHand() throws {
        let root = try ScratchFolder()
        try root.makeFolder("lib")
        try root.write("lib/a", filled(1) + filled(2) + filled(3) + filled(4))
        let areas: [MessageBuilder] = [
            .file(0x1_0000..<0x1_1000), .file(0x1_1000..<0x1_4000, protection: 3, offset: 0x1000),
        ]
        let images = ["files.img": filesImage([(7, "/lib/a", 0x4000)])]
        // A page of code that agrees with the file shows that it is the one.
        let before = try MadeCheckpoint(areas, [(0x1_0000, filled(1) + filled(2) + filled(9))], images: images)
        let after = try MadeCheckpoint(areas, [(0x1_0000, filled(1))], images: images)
        let unknown = try MadeCheckpoint(areas, images: images)
        let sysroot = try SystemRoot(path: FilePath(root.path))
        func facts(_ other: MadeCheckpoint) -> [PageFacts] {
            let comparison = MemoryComparison(
                before: before.checkpoint, after: other.checkpoint,
                beforeFiles: RootFiles(before.checkpoint, sysroot: sysroot),
                afterFiles: RootFiles(other.checkpoint, sysroot: sysroot))
            return comparison.run([.init(before: 1, after: 1)]).processes[0].pages.map(PageFacts.init)
        }
        #expect(facts(after) == [PageFacts(0x1_2000..<0x1_3000, .modified)])
        // Nothing shows that the file is the one that was mapped.
        #expect(
            facts(unknown) == [
                PageFacts(0x1_0000..<0x1_1000, .gone, .injectedCode), PageFacts(0x1_1000..<0x1_3000, .gone),
            ])
    }

    @Test("Pages in a hole of a pages image: whether they were zeros cannot be told")
    func holes() throws {
        let sparse = try MadeCheckpoint(Self.area, [(0x1_0000, filled(1) + filled(0, pages: 2) + filled(4))])
        let pages = try FileDescriptor.open(FilePath(sparse.path + "/pages-1.img"), .readWrite)
        defer { try? pages.close() }
        // A file that is shortened and made longer again has a hole.
        try pages.resize(to: 4096)
        try pages.resize(to: 3 * 4096)
        _ = try pages.writeAll(toAbsoluteOffset: 3 * 4096, filled(4))
        let again = try Checkpoint(path: FilePath(sparse.path))
        let whole = try MadeCheckpoint(Self.area, [(0x1_0000, filled(1) + filled(2) + filled(0) + filled(5))])
        let found = try Comparison(again, whole.checkpoint).process(1)
        #expect(
            found.pages.map(PageFacts.init) == [
                PageFacts(0x1_1000..<0x1_2000, .modified), PageFacts(0x1_3000..<0x1_4000, .modified),
            ])
        #expect(found.pages.map(\.holes) == [.before, nil] && found.counts.identical == 2)
    }

    @Test("Compressed pages, a block for each or for several, are compared by what they unpack to")
    func compressed() throws {
        // A block that is as large as what it unpacks to is not packed; an empty one is all zeros.
        let run = MessageBuilder.run(0x1_0000, 4).varint(6, 4096).varint(6, 0).varint(6, 4096).varint(6, 0)
        let packed = try MadeCheckpoint(areas: Self.area, [.init(runs: [run], pages: filled(1) + filled(3))])
        let plain = try MadeCheckpoint(
            Self.area, [(0x1_0000, filled(1) + filled(0) + filled(7) + filled(4))])
        let found = try differences(packed, plain)
        #expect(found.pages.map(PageFacts.init) == [PageFacts(0x1_2000..<0x1_4000, .modified)])
        #expect(found.counts.identical == 2)
    }

    // MARK: What CRIU and the kernel write

    @Test("The area for restartable sequences: only if nothing else of the page differs")
    func sequences() throws {
        func made(_ changes: [Int: UInt8], length: UInt64 = 32) throws -> MadeCheckpoint {
            var bytes = filled(1, pages: 3)
            for (offset, byte) in changes { bytes[offset] = byte }
            return try MadeCheckpoint(
                Self.area, [(0x1_0000, bytes)],
                images: ["core-1.img": coreImage(sequences: 0x1_1060, length: length)])
        }
        let plain = try made([:])
        func causes(_ changes: [Int: UInt8], length: UInt64 = 32) throws -> [PageChange.Cause?] {
            try differences(plain, made(changes, length: length)).pages.map(\.cause)
        }
        #expect(try causes([0x1060: 7, 0x107F: 7]) == [.restartableSequences])
        #expect(try causes([0x1060: 7, 0x1080: 7]) == [nil])
        #expect(try causes([0x105F: 7]) == [nil])
        // Pages beside it are told apart.
        #expect(try causes([0x10: 7, 0x1060: 7, 0x2000: 7]) == [nil, .restartableSequences, nil])
        // The area is another one after.
        #expect(try causes([0x1060: 7], length: 28) == [nil])
    }

    @Test("An area for restartable sequences that is larger than the kernel's hides nothing")
    func hugeSequences() throws {
        func made(_ byte: UInt8, at offset: Int) throws -> MadeCheckpoint {
            var bytes = filled(1)
            bytes[offset] = byte
            return try MadeCheckpoint(
                Self.area, [(0x1_0000, bytes)],
                images: ["core-1.img": coreImage(sequences: 0x1_0000, length: 0xFFFF_FFFF)])
        }
        #expect(try differences(made(2, at: 100), made(3, at: 100)).pages.map(\.cause) == [nil])
        #expect(try differences(made(2, at: 30), made(3, at: 30)).pages.map(\.cause) == [.restartableSequences])
    }

    @Test("The page in which CRIU puts its code: the first of the first executable area, where one side has it")
    func injectedCode() throws {
        let areas: [MessageBuilder] = [
            .file(0x1_0000..<0x1_2000, protection: 1), .file(0x1_2000..<0x1_6000, offset: 0x2000),
            .file(0x2_0000..<0x2_1000, offset: 0x6000),
        ]
        let before = try MadeCheckpoint(areas, images: Self.lib)
        let after = try MadeCheckpoint(
            areas, [(0x1_0000, filled(1)), (0x1_2000, filled(2) + filled(3)), (0x2_0000, filled(4))], images: Self.lib)
        #expect(
            try differences(before, after).pages.map(PageFacts.init) == [
                PageFacts(0x1_0000..<0x1_1000, .appeared), PageFacts(0x1_2000..<0x1_3000, .appeared, .injectedCode),
                PageFacts(0x1_3000..<0x1_4000, .appeared), PageFacts(0x2_0000..<0x2_1000, .appeared),
            ])
        // Where both sides have it, nothing explains that it differs.
        let other = try MadeCheckpoint(areas, [(0x1_2000, filled(5))], images: Self.lib)
        #expect(try differences(other, after).pages.first { $0.addresses.contains(0x1_2000) }?.cause == nil)
    }

    // MARK: Bytes

    @Test("Ranges of bytes that differ, joined where few are alike")
    func bytes() throws {
        var changed = filled(1, pages: 2)
        for offset in [0, 15, 40, 4095, 4096] { changed[offset] = 2 }
        let before = try MadeCheckpoint(Self.area, [(0x1_0000, filled(1, pages: 2)), (0x1_5000, filled(5))])
        let after = try MadeCheckpoint(Self.area, [(0x1_0000, changed)])
        let comparison = try Comparison(before.checkpoint, after.checkpoint)
        let sides = try comparison.sides(1)
        var found: [ByteDifference] = []
        for change in try comparison.process(1).pages {
            change.forEachDifference(sides.before, sides.after) {
                found.append($0)
                return true
            }
        }
        #expect(found.map(\.afterAddress) == [0x1_0000, 0x1_0028, 0x1_0FFF, 0x1_1000, 0x1_5000])
        #expect(found.map(\.byteCount) == [16, 1, 1, 1, 4096])
        #expect(found[0].before == Array(repeating: 1, count: 16))
        #expect(found[0].after == [2] + Array(repeating: 1, count: 14) + [2])
        #expect(found[4].after == filled(0) && found[4].before == filled(5))
        var count = 0
        let isComplete = try comparison.process(1).pages[0].forEachDifference(sides.before, sides.after) { _ in
            count += 1
            return count < 2
        }
        #expect(!isComplete && count == 2)
    }

    @Test("The bytes of a page of which one side has nothing")
    func bytesOfOneSide() throws {
        let area = [MessageBuilder.file(0x1_0000..<0x1_8000, protection: 3)]
        let before = try MadeCheckpoint(area, images: Self.lib)
        let after = try MadeCheckpoint(area, [(0x1_2000, filled(6))], images: Self.lib)
        let comparison = try Comparison(before.checkpoint, after.checkpoint)
        let sides = try comparison.sides(1)
        try comparison.process(1).pages[0].forEachDifference(sides.before, sides.after) {
            #expect($0.before == nil && $0.after == filled(6) && $0.byteCount == 4096)
            return true
        }
    }
}
