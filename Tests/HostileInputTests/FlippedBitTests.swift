import CheckpointTestSupport
import Testing

@testable import CRIUImages

/// Every image of every fixture, with single bits turned.
@Suite("Images with a bit turned")
struct FlippedBitTests {
    @Test("Give an error at a true place, or JSON that tells of the change", arguments: Scenario.all)
    func images(_ scenario: Scenario) throws {
        let generator = SeededGenerator(printingSeedFor: "turned bits of \(scenario)")
        for image in FixtureImage.distinct where image.scenario.name == scenario.name {
            var generator = DamageScale.generator(generator, for: image)
            let bytes = try image.bytes()
            let frames = try ImageFrames(try image.open())
            let whole = bytes.count < 64 << 10 ? JSONForm(frames.image).text : ""
            for _ in 0..<DamageScale.places(bytes.count < 64 << 10 ? 24 : 4) {
                let bit = Int.random(in: 0..<bytes.count * 8, using: &generator)
                var damaged = bytes
                damaged[bit / 8] ^= 1 << UInt8(bit % 8)
                if let fault = fault(damaged, frames, bit / 8, whole) {
                    Issue.record("\(image), bit \(bit % 8) of byte \(bit / 8): \(fault)")
                }
            }
        }
    }

    private func fault(_ damaged: [UInt8], _ frames: ImageFrames, _ place: Int, _ whole: String) -> String? {
        let image: ImageFile
        do {
            image = try ImageFile(ImageBytes(damaged), name: frames.image.name)
        } catch {
            let isTrue = error.entry == nil && error.offset.map { $0 <= 8 && $0 <= place } == true
            return isTrue ? nil : "not opened: \(error)"
        }
        let form = JSONForm(image)
        if let damage = form.damage, let fault = fault(damage, form, frames, place) { return fault }
        let encoded: [UInt8]
        do {
            encoded = try encode(form.text, byteOrder: image.header.byteOrder)
        } catch {
            // In a tag of two bytes, which no encoder writes, protobuf-c lets the number 0 pass.
            return form.text.contains(#""field": 0"#) ? nil : "its JSON is no image: \(error)"
        }
        if form.damage != nil { return encodedFault(encoded, damaged, frames, place) }
        if encoded == damaged || form.text != whole { return nil }
        // What decoders drop is told by verify.
        var isTold = false
        _ = image.audit { _ in isTold = true }
        return isTold ? nil : "the change is lost"
    }

    /// What is wrong with the place of an error.
    private func fault(_ damage: ImageError, _ form: JSONForm, _ frames: ImageFrames, _ place: Int) -> String? {
        guard let entry = damage.entry, let offset = damage.offset else { return "no place: \(damage)" }
        guard offset <= frames.image.bytes.count else { return "beyond the end: \(damage)" }
        // What comes before the change is whole.
        let changed = min(frames.count(before: place), max(frames.borders.count - 2, 0))
        guard entry >= changed else { return "before entry \(changed): \(damage)" }
        guard offset >= frames.borders[changed] else { return "before \(frames.borders[changed]): \(damage)" }
        return nil
    }

    /// The entries before the change must be in the JSON as they were.
    private func encodedFault(_ encoded: [UInt8], _ damaged: [UInt8], _ frames: ImageFrames, _ place: Int) -> String? {
        let border = frames.borders[frames.count(before: place)]
        guard place >= frames.image.header.entriesOffset else { return nil }
        return encoded.starts(with: damaged[..<min(border, place)]) ? nil : "what comes before is not what it was"
    }
}
