import CheckpointAnalysis
import CheckpointModel
import CheckpointTestSupport
import EvidenceText
import Foundation
import Testing

/// Stacks, registers and programs that a hostile hand has changed.
@Suite("Backtraces of hostile input")
struct HostileStackTests {
    /// Numbers at which arithmetic goes wrong, and addresses that are there.
    private static let words: [UInt64] = [
        0, 1, 7, 8, .max, .max - 7, 1 << 63, 0x7FFF_FFFF_FFFF_FFFF, 0x5581_C585_8000, 0x7FFC_E1F2_4160,
        0x7FFC_E1F2_6FF8,
        0x7F46_464A_5050, 0x7F46_464A_5051, 0xFFFF_FFFF_FF60_0000,
    ]

    @Test("Random words on the stack")
    func stacks() throws {
        var random = SeededGenerator(printingSeedFor: "hostile stacks")
        let scenario = Scenario.named("crash")
        for _ in 0..<60 {
            let folder = try ScratchFolder(copyOf: scenario)
            var pages = try folder.bytes("pages-1.img")
            // The stacks are in the last pages.
            for _ in 0..<Int.random(in: 1...200, using: &random) {
                let place = Int.random(in: pages.count / 2 / 8..<pages.count / 8, using: &random) * 8
                let word = Self.words.randomElement(using: &random) ?? 0
                withUnsafeBytes(of: word) { pages.replaceSubrange(place..<(place + 8), with: $0) }
            }
            try folder.write("pages-1.img", pages)
            try check(folder, root: scenario.rootFolder)
        }
    }

    @Test("Random bytes in core images, registers among them")
    func registers() throws {
        var random = SeededGenerator(printingSeedFor: "hostile registers")
        let scenario = Scenario.named("crash")
        for _ in 0..<60 {
            let folder = try ScratchFolder(copyOf: scenario)
            var core = try folder.bytes("core-4888.img")
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                let place = Int.random(in: 12..<core.count, using: &random)
                core[place] = UInt8.random(in: 0...255, using: &random)
            }
            try folder.write("core-4888.img", core)
            try check(folder, root: scenario.rootFolder)
        }
    }

    @Test("Random bytes in the program: call frame information, symbols and debug information among them")
    func programs() throws {
        var random = SeededGenerator(printingSeedFor: "hostile programs")
        let scenario = Scenario.named("crash")
        let program = scenario.rootFolder + "/srv/forensics/crash/crash"
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: program)))
        for _ in 0..<60 {
            var changed = bytes
            for _ in 0..<Int.random(in: 1...100, using: &random) {
                // From the call frame information on; the build-id stays.
                changed[Int.random(in: 0x2300..<bytes.count, using: &random)] = UInt8.random(
                    in: 0...255, using: &random)
            }
            let root = try root(with: changed)
            for trace in try backtraces(scenario.folder.path, root: root.path) {
                #expect(
                    trace.threads.allSatisfy { $0.stack.value.map { (1...1000).contains($0.frames.count) } == true })
            }
        }
    }

    /// The library follows nested entries by recursion.
    @Test("Debug information that is nested too deep is left alone", arguments: [(100, true), (7000, false)])
    func nesting(_ depth: Int, _ isUsed: Bool) throws {
        let scenario = Scenario.named("crash")
        var bytes = [UInt8](
            try Data(contentsOf: URL(filePath: scenario.rootFolder + "/srv/forensics/crash/crash")))
        func put(_ new: [UInt8], at offset: Int) { bytes.replaceSubrange(offset..<(offset + new.count), with: new) }
        // Over .debug_abbrev: a unit with lines and addresses, and a block; over .debug_info: such a unit with blocks.
        put([1, 0x11, 1, 0x10, 0x17, 0x11, 0x01, 0x12, 0x07, 0, 0, 2, 0x0B, 1, 0, 0, 0], at: 0x4EFE)
        let addresses: [UInt8] = [0, 0x10, 0, 0, 0, 0, 0, 0, 0, 0x10, 0, 0, 0, 0, 0, 0]
        put([0xDB, 0x1D, 0, 0, 5, 0, 1, 8, 0, 0, 0, 0, 1, 0, 0, 0, 0] + addresses, at: 0x311F)
        put(Array(repeating: 2, count: depth), at: 0x311F + 33)
        put(Array(repeating: 0, count: 0x1DDF - 33 - depth), at: 0x311F + 33 + depth)
        let root = try root(with: bytes)
        let stack = try #require(try backtraces(scenario.folder.path, root: root.path).stack(4888))
        let frame = try #require(stack.frames.first { $0.name == "decode_field" })
        #expect((frame.line != nil) == isUsed)
    }

    private func root(with program: [UInt8]) throws -> ScratchFolder {
        let root = try ScratchFolder()
        try root.makeFolder("srv/forensics/crash")
        try root.write("srv/forensics/crash/crash", program)
        return root
    }

    private func check(_ folder: ScratchFolder, root: String) throws {
        for trace in try backtraces(folder.path, root: root) {
            for stack in trace.threads.compactMap(\.stack.value) {
                #expect((1...1000).contains(stack.frames.count))
                #expect(
                    stack.frames.allSatisfy {
                        $0.module.map { trace.modules.value?.indices.contains($0) ?? false } ?? true
                    })
            }
        }
    }
}
