import CRIUImages
import CheckpointTestSupport
import EvidenceText
import Foundation
import SystemPackage
import Synchronization
import Testing

@testable import CheckpointModel

/// Large members of compressed archives, which are unpacked only when something asks for them.
@Suite("Contents that are unpacked when they are asked for")
struct DeferralTests {
    /// Limits by which everything that can be is passed over.
    private static let tight: UnpackLimits = {
        var limits = UnpackLimits()
        limits.smallMember = 0
        return limits
    }()

    /// A packed archive of `crash`, with its members in an order.
    private func archive(_ order: ([FixtureImage]) -> [FixtureImage] = { $0 }) throws -> [UInt8] {
        var tar = TarBuilder()
        tar.add("config.dump", Array(#"{"name": "web"}"#.utf8))
        for image in order(Scenario.named("crash").images) {
            tar.add("checkpoint/" + image.fileName, [UInt8](try Data(contentsOf: image.url)))
        }
        return try Compression.zstd.pack(tar.archive)
    }

    private func open(
        _ archive: [UInt8], _ limits: UnpackLimits = DeferralTests.tight, spool: FilePath? = nil,
        _ passes: PassCounter = PassCounter()
    ) throws -> Checkpoint {
        var options = OpenOptions()
        options.spoolFolder = spool
        options.progress = { passes.note($0) }
        return try openArchive(archive, SourceContext(options: options, limits: limits))
    }

    @Test("Arguments and environments are kept in the first pass")
    func arguments() throws {
        let passes = PassCounter()
        // A folder that is not there: nothing can be unpacked.
        let checkpoint = try open(archive(), keepingImages(), spool: "/nonexistent", passes)
        let memory = checkpoint.memory(of: try #require(checkpoint.process(4888)))
        #expect(checkpoint.arguments(memory).value?.first == "crash")
        #expect(checkpoint.environment(memory).value?.isEmpty == false)
        #expect(checkpoint.problems == [])
        #expect(passes.count == [1, 0])
    }

    @Test("Other pages are unpacked when they are asked for, all in one pass, and are the same")
    func pages() throws {
        let passes = PassCounter()
        let checkpoint = try open(archive(), DeferralTests.tight, passes)
        let plain = try Checkpoint(directory: FilePath(Scenario.named("crash").folder.path))
        var compared = 0
        for (one, other) in zip(checkpoint.processes.value ?? [], plain.processes.value ?? []) {
            let memory = try #require(checkpoint.memory(of: one).value)
            let expected = try #require(plain.memory(of: other).value)
            for run in expected.pageRuns.value ?? [] {
                let range = run.address..<run.end(expected.pageSize)
                #expect(memory.bytes(at: range) == expected.bytes(at: range))
                compared += 1
            }
        }
        #expect(compared > 10)
        #expect(passes.count[1] == 1)
        #expect(checkpoint.problems == [])
    }

    @Test("Pages that come before what says which are wanted are unpacked")
    func unfavourableOrder() throws {
        let passes = PassCounter()
        let checkpoint = try open(archive { $0.reversed() }, DeferralTests.tight, passes)
        let memory = checkpoint.memory(of: try #require(checkpoint.process(4888)))
        #expect(checkpoint.arguments(memory).value?.first == "crash")
        #expect(passes.count[1] == 1)
    }

    @Test("What cannot be unpacked is missing with its reason, and the rest is read")
    func noRoom() throws {
        let checkpoint = try open(archive { $0.reversed() }, keepingImages(), spool: "/nonexistent")
        let memory = checkpoint.memory(of: try #require(checkpoint.process(4888)))
        let absence = checkpoint.arguments(memory).absence
        #expect(absence?.reason == .unreadable)
        #expect(absence?.detail.contains("/nonexistent") == true)
        #expect(memory.value?.segments.isEmpty == false)
    }

    @Test("Content of other large members")
    func others() throws {
        var tar = TarBuilder()
        let large = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 >> 3) }
        tar.add("a", large)
        tar.add("b", Array(large.reversed()))
        let context = SourceContext(limits: DeferralTests.tight)
        let listing = try ArchiveListing(ImageBytes(try Compression.gzip.pack(tar.archive)), name: nil, context)
        #expect(listing.members[0].bytes.value?.isHeld == false)
        #expect(listing.members[0].content.value?.sha256 == .value(sha256(large)))
        #expect(listing.members[1].content.value?.prefix(200_000) == large.reversed())
    }

    @Test("A page image that is cut off gives the pages that are there")
    func cutPages() throws {
        var tar = TarBuilder()
        let images = Scenario.named("crash").images
        for image in images.filter({ $0.fileName != "pages-1.img" }) + images.filter({ $0.fileName == "pages-1.img" }) {
            tar.add(image.fileName, [UInt8](try Data(contentsOf: image.url)))
        }
        for compression in [nil, .gzip, .zstd] as [Compression?] {
            let cut = Array(tar.bytes[..<(tar.bytes.count - 8192)])
            let checkpoint = try open(try compression?.pack(cut) ?? cut)
            let process = try #require(checkpoint.process(4888))
            let memory = try #require(checkpoint.memory(of: process).value)
            #expect(memory.pages.lost == 2 && memory.pages.present > 10, "\(compression.map(\.rawValue) ?? "tar")")
            let runs = try #require(memory.pageRuns.value)
            let first = try #require(runs.first)
            #expect(memory.bytes(at: first.address..<(first.address + 4096)).value?.count == 4096)
            #expect(!checkpoint.problems.isEmpty)
        }
    }

    /// Limits by which images stay in memory, and pages are passed over.
    private func keepingImages() -> UnpackLimits {
        var limits = UnpackLimits()
        limits.smallMember = 40_000
        return limits
    }
}

/// Counts how often an archive is looked through, and how often contents are unpacked.
private final class PassCounter: Sendable {
    private let passes = Mutex([0, 0])

    func note(_ progress: OpenOptions.Progress) {
        if progress.done == progress.total { passes.withLock { $0[progress.isUnpacking ? 1 : 0] += 1 } }
    }

    var count: [Int] { passes.withLock { $0 } }
}

extension DeferredBytes {
    /// Whether the bytes can be had without unpacking.
    fileprivate var isHeld: Bool { holds(0..<count) }
}
