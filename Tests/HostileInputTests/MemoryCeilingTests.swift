import CheckpointTestSupport
import Foundation
import Testing

/// How much memory damaged images take. The tool itself is run with a limit on its address space: what is allocated and never
/// touched counts too.
@Suite("Memory that damaged images take")
struct MemoryCeilingTests {
    /// How many KiB the tool takes with nothing to read, and what is left for allocations of every sort.
    private static let base = 160 << 10

    @Test("Is little more than their size", .enabled(if: MemoryCeilingTests.limits), arguments: Scenario.all)
    func ceiling(_ scenario: Scenario) throws {
        let folder = try ScratchFolder(copyOf: scenario)
        let sizes = try scenario.images.map { try $0.bytes().count }
        // Each file is mapped, and a few times as much is made of it.
        let limit = Self.base + 4 * sizes.reduce(0, +) / 1024
        var generator = SeededGenerator(printingSeedFor: "memory for images of \(scenario)")
        for _ in 0..<DamageScale.places(1) {
            for image in scenario.images where !image.fileName.hasPrefix("pages-") {
                try folder.write(image.fileName, damaged(try image.bytes(), &generator))
            }
            for command in ["verify", "export"] {
                let run = try run(command, folder.path, limit: limit)
                #expect((0...2).contains(run.status), "\(command), seed \(generator.seed): \(run.errorText)")
            }
        }
    }

    /// The image with a bit turned.
    private func damaged(_ bytes: [UInt8], _ generator: inout SeededGenerator) -> [UInt8] {
        guard !bytes.isEmpty else { return bytes }
        var damaged = bytes
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        damaged[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        return damaged
    }

    private func run(_ command: String, _ folder: String, limit: Int) throws -> ToolRun {
        let line = "ulimit -v \(limit); exec \"$0\" \"$1\" \"$2\" > /dev/null"
        return try ToolRun(
            URL(filePath: "/bin/sh"), ["-c", line, ToolRun.cryoscope.path, command, folder],
            environment: ["MALLOC_ARENA_MAX": "1"])
    }

    /// Whether the tool runs with a limit at all: with the address sanitizer in it, which takes terabytes, it does not.
    private static let limits: Bool = {
        let line = "ulimit -v 1048576; exec \"$0\" --version"
        return (try? ToolRun(URL(filePath: "/bin/sh"), ["-c", line, ToolRun.cryoscope.path]).status) == 0
    }()
}
