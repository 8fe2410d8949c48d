import CheckpointTestSupport
import EvidenceText
import Foundation
import SystemPackage
import Testing

@testable import CRIUImages
@testable import CheckpointModel

/// Archives made by hand.
@Suite("Archives made by hand")
struct HostileArchiveTests {
    private static let crash = Scenario.named("crash")

    /// A tar of the images of `crash`, in a folder.
    private func tar(in folder: String, without left: Set<String> = []) throws -> TarBuilder {
        var tar = TarBuilder()
        for image in HostileArchiveTests.crash.images where !left.contains(image.fileName) {
            tar.add(folder + image.fileName, [UInt8](try Data(contentsOf: image.url)))
        }
        return tar
    }

    private func open(_ archive: [UInt8]) throws -> Checkpoint {
        try openArchive(archive)
    }

    @Test("Images are found in whatever folder they are", arguments: ["", "./", "checkpoint/", "a/b/"])
    func folders(_ folder: String) throws {
        let checkpoint = try open(try tar(in: folder).archive)
        let process = try #require(checkpoint.process(4888))
        #expect(checkpoint.arguments(checkpoint.memory(of: process)).value?.first == "crash")
        #expect(checkpoint.problems.isEmpty)
    }

    @Test("Names that begin with a slash are read without it, with one warning")
    func absoluteNames() throws {
        let checkpoint = try open(try tar(in: "/srv/dump/").archive)
        #expect(checkpoint.processes.value?.count == 1)
        #expect(checkpoint.problems.map(\.code) == ["odd-member"])
    }

    @Test(
        "Names that lead out of the archive are refused, and the rest is read", arguments: ["../../x", "a/../../etc/x"])
    func outside(_ name: String) throws {
        var tar = try tar(in: "checkpoint/")
        tar.add(name, [1, 2, 3])
        let checkpoint = try open(tar.archive)
        #expect(checkpoint.problems.map(\.code) == ["bad-name"])
        #expect(checkpoint.processes.value?.count == 1)
    }

    @Test("Of two members of one name the last counts, with a warning")
    func duplicates() throws {
        var tar = try tar(in: "checkpoint/")
        tar.add("config.dump", Array(#"{"name": "first"}"#.utf8))
        tar.add("config.dump", Array(#"{"name": "second"}"#.utf8))
        let checkpoint = try open(tar.archive)
        #expect(checkpoint.problems.map(\.code) == ["duplicate"])
        #expect(checkpoint.container.value?.name.value == "second")
    }

    @Test("Broken metadata is a warning", arguments: ["{", "[]", "{\"name\": 1}", "\u{0}"])
    func metadata(_ json: String) throws {
        var tar = try tar(in: "checkpoint/")
        tar.add("config.dump", Array(json.utf8))
        let checkpoint = try open(tar.archive)
        #expect(checkpoint.problems.map(\.code) == ["bad-metadata"])
        #expect(checkpoint.container.value?.name.absence?.reason == .damaged)
        #expect(checkpoint.processes.value?.count == 1)
    }

    @Test("A link or device in place of an image is not read")
    func links() throws {
        var tar = try tar(in: "checkpoint/", without: ["core-4888.img", "fdinfo-2.img"])
        tar.add("checkpoint/core-4888.img", linkTo: "/etc/passwd")
        tar.add(device: "checkpoint/fdinfo-2.img")
        let checkpoint = try open(tar.archive)
        let process = try #require(checkpoint.process(4888))
        #expect(process.state.absence?.reason == .damaged)
        #expect(checkpoint.descriptors(of: process).absence?.reason == .damaged)
        let names = ["core-4888.img", "fdinfo-2.img"]
        #expect(checkpoint.problems.map(\.image) == names.map { "checkpoint/" + $0 } + names)
    }

    @Test("Snapshots in an archive are found by their links")
    func parents() throws {
        var tar = TarBuilder()
        for level in ["1", "2", "3"] {
            for image in Scenario.named("chain/" + level).images {
                tar.add(level + "/" + image.fileName, [UInt8](try Data(contentsOf: image.url)))
            }
        }
        tar.add("2/parent", linkTo: "../1")
        tar.add("3/parent", linkTo: "../2")
        let checkpoint = try open(tar.archive)
        let process = try #require(checkpoint.process(403))
        #expect(checkpoint.arguments(checkpoint.memory(of: process)).value == ["./wl"])
        #expect(checkpoint.problems.isEmpty)
    }

    @Test("An archive cut anywhere is read as far as it goes, or refused")
    func cuts() throws {
        let whole = try tar(in: "").archive
        for end in stride(from: 0, to: whole.count, by: 4096 - 13) {
            guard let checkpoint = try? openArchive(Array(whole[..<end])) else { continue }
            for process in checkpoint.processes.value ?? [] { _ = checkpoint.arguments(checkpoint.memory(of: process)) }
            #expect(!checkpoint.problems.isEmpty || checkpoint.processes.value == nil || end > whole.count - 2048)
        }
    }

    @Test("An archive that was cut off before the images still tells of the container")
    func noImages() throws {
        var tar = TarBuilder()
        tar.add("config.dump", Array(#"{"name": "web"}"#.utf8))
        let checkpoint = try open(tar.archive)
        #expect(checkpoint.container.value?.name.value == "web")
        #expect(checkpoint.inventory.absence?.reason == .noImage)
        #expect(checkpoint.processes.absence?.reason == .noImage)
        #expect(!checkpoint.problems.isEmpty)
    }

    @Test("Thousands of dumps in one archive are counted in linear time")
    func manyDumps() throws {
        var tar = TarBuilder()
        for index in 0..<3000 {
            tar.add("\(index)/inventory.img", [])
            tar.add("\(index)/odd", linkTo: "x")
            tar.add("work-\(index)/dump.log", [])
        }
        let places = try quickly {
            CheckpointPlace.all(in: try ArchiveTree(ImageBytes(tar.archive), SourceContext()))
        }
        #expect(places.count == 3000)
        #expect(places.allSatisfy { $0.beside == nil })
    }
}
