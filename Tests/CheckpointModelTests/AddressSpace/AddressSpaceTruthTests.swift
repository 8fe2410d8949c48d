import CheckpointTestSupport
import EvidenceText
import Testing

@testable import CheckpointModel

/// Reads what workloads planted, wherever it is: in pages of their own, in shared memory, in deleted files.
@Suite("Memory by address, against what was there")
struct AddressSpaceTruthTests {
    @Test(
        "Bytes that a workload planted",
        arguments: ["memory", "crash", "crash-nofp", "container", "signals-timers", "diff-before", "diff-after"])
    func plants(_ name: String) throws {
        let known = try KnownCheckpoint.named(name)
        var inFiles: Set<String> = []
        #expect(!known.truth.plants.isEmpty)
        for plant in known.truth.plants {
            let process = try #require(known.processes.first { $0.process.pid == plant.pid })
            let space = try #require(known.checkpoint.addressSpace(of: process.process).value)
            let end = plant.address + UInt64(min(plant.byteCount, 512))
            switch space.bytes(in: plant.address..<end) {
            case .value(let bytes): #expect(bytes == plant.bytes, "\(plant.label)")
            case .missing:
                // An unchanged page of a file that is still there.
                let stretch = space.stretch(at: plant.address, before: end)
                guard case .absent(.cleanFilePage) = stretch.origin else {
                    #expect(plant.label == "", "\(stretch.origin)")
                    continue
                }
                inFiles.insert(plant.label)
            }
        }
        #expect(inFiles == Self.plantsInFiles[name] ?? [])
    }

    private static let plantsInFiles: [String: Set<String>] = [
        "memory": [
            "rodata", "clean private file page", "private file at offset 3 pages", "shared file mapping",
        ]
    ]

    @Test("Stretches cover every address once, in order", arguments: KnownCheckpoint.names)
    func cover(_ name: String) throws {
        for known in try KnownCheckpoint.named(name).processes where !known.truth.isZombie {
            let checkpoint = try KnownCheckpoint.named(name).checkpoint
            let space = try #require(checkpoint.addressSpace(of: known.process).value)
            let first = try #require(space.segments.first), last = try #require(space.segments.last)
            var address = first.addresses.lowerBound
            var held: UInt64 = 0
            space.forEachStretch(in: address..<last.addresses.upperBound) { stretch in
                #expect(stretch.addresses.lowerBound == address && !stretch.addresses.isEmpty)
                #expect(stretch.bytes.map { UInt64($0.count) } ?? stretch.byteCount == stretch.byteCount)
                let isUnmapped = stretch.origin == .absent(.unmapped)
                #expect(isUnmapped == (space.segment(at: address) == nil))
                if case .image = stretch.origin { held += stretch.byteCount }
                address = stretch.addresses.upperBound
            }
            #expect(address == last.addresses.upperBound)
            let memory = try #require(known.memory.value)
            #expect(held == memory.dumpedBytes(memory.pages), "\(known)")
        }
    }

    @Test("The page that was given back between the dumps is absent")
    func dropped() throws {
        let workload = try Workload("chain/3")
        let process = workload.known.processes[0].process
        let space = try #require(workload.known.checkpoint.addressSpace(of: process).value)
        let region = try workload.region("anon_private")
        let page = region.page(61)
        #expect(space.stretch(at: page.lowerBound, before: page.upperBound).origin == .absent(.untouched))
        guard case .image(let snapshot, _, _) = space.stretch(at: region.page(60).lowerBound, before: .max).origin
        else {
            Issue.record("the page before is not in an image")
            return
        }
        #expect((0...2).contains(snapshot))
    }
}
