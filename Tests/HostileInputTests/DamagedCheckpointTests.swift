import CheckpointAnalysis
import CheckpointTestSupport
import EvidenceText
import Testing

@testable import CRIUImages
@testable import CheckpointModel
@testable import CheckpointReport

/// Whole checkpoints of the fixtures in which one image is damaged.
@Suite("Checkpoints with one damaged image")
struct DamagedCheckpointTests {
    @Test(
        "What is left is read, and what is wrong is said at its place", .timeLimit(.minutes(10)),
        arguments: Scenario.all)
    func damage(_ scenario: Scenario) throws {
        let generator = SeededGenerator(printingSeedFor: "damaged images in \(scenario)")
        let source = try DamagedSource(scenario)
        for image in scenario.images {
            var generator = DamageScale.generator(generator, for: image)
            let bytes = try source.bytes(of: image.fileName)
            for _ in 0..<DamageScale.places(1) where bytes.count > 0 {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                if Bool.random(using: &generator) {
                    let cut = source.replacing(image.fileName, by: bytes[0..<place])
                    let verification = Verification(Checkpoint(cut))
                    let reading = Reading(cut, verification)
                    let fault = reading.fault ?? silence(verification, image, place)
                    if let fault { Issue.record("\(image) cut to \(place): \(fault)") }
                } else {
                    var damaged = bytes.copy(0..<bytes.count)
                    damaged[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
                    let reading = Reading(document: source.replacing(image.fileName, by: ImageBytes(damaged)))
                    if let fault = reading.fault {
                        Issue.record("\(image), byte \(place) is now \(damaged[place]): \(fault)")
                    }
                }
            }
        }
    }

    /// Whether nothing is said about an image that ends inside of an entry.
    private func silence(_ verification: Verification, _ image: FixtureImage, _ length: Int) -> String? {
        guard let whole = try? image.open(), let frames = try? ImageFrames(whole), frames.expected(length) != nil,
            whole.kind.payload != .ghost, whole.kind.lead != .sizeAlone
        else { return nil }
        let isTold = verification.findings.contains { $0.image.hasSuffix(image.fileName) }
        return isTold ? nil : "verify does not say so"
    }

    /// What is told of a checkpoint: by a check of all its images, or as a document.
    private struct Reading {
        private let source: DamagedSource
        private let places: [(image: String, entry: Int?, offset: Int?)]
        private let isWhole: Bool

        init(_ source: DamagedSource, _ verification: Verification) {
            self.source = source
            places = verification.findings.map { ($0.image, $0.entry, $0.offset) }
            isWhole = true
        }

        init(document source: DamagedSource) {
            self.source = source
            let checkpoint = Checkpoint(source)
            let out = OutputBuffer()
            let processes = checkpoint.processes.value ?? []
            let subject = CheckpointDocument.Subject(checkpoint, processes, toolVersion: "0", arguments: [])
            CheckpointDocument(subject, .all).write(to: out)
            let text = out.collected
            isWhole = text.first == UInt8(ascii: "{") && text.suffix(2) == Array("}\n".utf8)
            places = checkpoint.problems.map { ($0.image, $0.entry, $0.offset) }
        }

        /// What is wrong with it; nil if nothing is.
        var fault: String? {
            if !isWhole { return "no document" }
            return places.lazy.compactMap { place in
                fault(place.image, place.entry, place.offset).map { "\($0): \(place)" }
            }.first
        }

        /// What is wrong with a place.
        private func fault(_ image: String, _ entry: Int?, _ offset: Int?) -> String? {
            if let entry, entry < 0 { return "a negative entry" }
            guard let offset else { return nil }
            guard let size = source.size(image) else { return "a place in an image that is not there" }
            return offset < 0 || offset > size ? "beyond the \(size) bytes" : nil
        }
    }
}
