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
        0, 1, 7, 8, .max, .max - 7, 1 << 63, 0x7FFF_FFFF_FFFF_FFFF, 0x5581_C585_8000, 0x7FFC_E1F2_4160, 0x7FFC_E1F2_6FF8,
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

    private func check(_ folder: ScratchFolder, root: String) throws {
        for trace in try backtraces(folder.path, root: root) {
            for stack in trace.threads.compactMap(\.stack.value) {
                #expect((1...1000).contains(stack.frames.count))
                #expect(stack.frames.allSatisfy { $0.module.map { trace.modules.value?.indices.contains($0) ?? false } ?? true })
            }
        }
    }
}
