import CheckpointTestSupport
import Testing

@testable import CRIUImages

/// Every image of every fixture, cut off.
@Suite("Images that are cut off")
struct CutTests {
    /// Images up to this size are cut at every length.
    private static let smallImage = 16 << 10

    @Test("Give the entries before the cut and the place of the cut, or nothing else", arguments: Scenario.all)
    func everyLength(_ scenario: Scenario) throws {
        let generator = SeededGenerator(printingSeedFor: "cut images of \(scenario)")
        var cuts = 0
        for image in FixtureImage.distinct where image.scenario.name == scenario.name {
            var generator = DamageScale.generator(generator, for: image)
            let frames = try ImageFrames(try image.open())
            for length in lengths(frames, &generator) {
                cuts += 1
                if let fault = fault(frames, length) { Issue.record("\(image) cut to \(length): \(fault)") }
            }
        }
        #expect(cuts > 1000)
    }

    @Test("At the end of an entry give just the entries before it, and the bytes back", arguments: Scenario.all)
    func borders(_ scenario: Scenario) throws {
        let generator = SeededGenerator(printingSeedFor: "images of \(scenario) cut between entries")
        for image in FixtureImage.distinct where image.scenario.name == scenario.name {
            var generator = DamageScale.generator(generator, for: image)
            let frames = try ImageFrames(try image.open())
            if mayShrink(frames, frames.image.bytes.count) { continue }
            for _ in 0..<DamageScale.places(2) {
                let entry = Int.random(in: 0..<frames.borders.count, using: &generator)
                let border = frames.borders[entry]
                let more = Int.random(in: 0...3, using: &generator)
                let length = min(border + more, frames.image.bytes.count)
                let cut = try ImageFile(ImageBytes(frames.image.bytes.copy(0..<length)), name: frames.image.name)
                let form = JSONForm(cut)
                // One to three bytes behind the border are a size word that is cut off.
                let back = try encode(form.text, byteOrder: cut.header.byteOrder)
                if (form.damage == nil) != (length == border) || back != frames.image.bytes.copy(0..<border) {
                    Issue.record("\(image) cut to \(length): \(form.damage?.description ?? "no damage")")
                }
            }
        }
    }

    /// Every length; of large images every edge, the lengths beside it, and random ones.
    private func lengths(_ frames: ImageFrames, _ generator: inout SeededGenerator) -> [Int] {
        let count = frames.image.bytes.count
        guard count > CutTests.smallImage else { return Array(0...count) }
        let random = (0..<DamageScale.places(1000)).map { _ in Int.random(in: 0...count, using: &generator) }
        let beside = frames.edges.flatMap { [$0 - 1, $0, $0 + 1] }
        return Set(beside + random).filter { (0...count).contains($0) }.sorted()
    }

    /// What is wrong with how a cut image is read; nil if nothing is.
    private func fault(_ frames: ImageFrames, _ length: Int) -> String? {
        let expected = frames.expected(length)
        do {
            let cut = try frames.cut(length)
            // Entries before the cut are the same as ever: reading begins at the last border.
            let entry = frames.count(before: length)
            var cursor = EntryCursor(cut, at: EntryPlace(index: entry, offset: frames.borders[entry]))
            let isThere = try cursor.next()
            if isThere && mayShrink(frames, length) { return nil }
            if isThere { return "an entry in place of \(expected.map(\.description) ?? "the end")" }
            return expected.map { "nothing in place of \($0)" }
        } catch {
            return agrees(error, expected, length)
                ? nil : "\(error) (\(error.code)), expected \(expected.map { "\($0.code) \($0)" } ?? "none")"
        }
    }

    /// Whether the last part of the image takes all that is left, so that a cut in it cannot be told.
    private func mayShrink(_ frames: ImageFrames, _ length: Int) -> Bool {
        let kind = frames.image.kind
        return kind.lead == .sizeAlone
            || kind.payload == .ghost && frames.messageEnds.first.map { length >= $0 } == true
    }

    /// Of a payload of several parts the error is at the part that is cut off.
    private func agrees(_ error: ImageError, _ expected: ImageError?, _ length: Int) -> Bool {
        guard let expected else { return false }
        if expected.code == .truncatedPayload {
            return error.code == .truncatedPayload && error.entry == expected.entry && (error.offset ?? .max) <= length
        }
        return error == expected
    }
}
