import CRIUImages
import CheckpointTestSupport
import EvidenceText
import Testing

@Suite("Random images")
struct RandomImageTests {
    @Test("Every kind of image comes back from its JSON, whatever is in it")
    func thereAndBack() throws {
        let generator = SeededGenerator(printingSeedFor: "random images")
        var images = RandomImage(generator)
        for kind in ImageKind.allCases where kind.lead != .raw {
            for round in 0..<12 {
                let image = images.image(kind)
                let name = kind.filePattern.replacing(/%[a-z]+/, with: "1").replacing("{dump|restore}", with: "dump")
                for isPretty in [false, true] {
                    let form = JSONForm(try image.open(name: name), isPretty: isPretty)
                    let place = "\(kind), round \(round), pretty: \(isPretty), seed \(generator.seed)"
                    #expect(form.damage == nil, "\(place)")
                    let encoded = try? encode(form.text, byteOrder: image.byteOrder)
                    if encoded != image.bytes { Issue.record("\(place): \(form.text.prefix(2000))") }
                }
            }
        }
    }

    @Test("Entries are counted and stepped through as they are written")
    func counts() throws {
        var images = RandomImage(SeededGenerator(printingSeedFor: "counts of random images"))
        for kind in ImageKind.allCases where kind.lead == .common {
            let image = try images.image(kind).open()
            var cursor = image.entries()
            var count = 0
            while try cursor.next() { count += 1 }
            #expect(cursor.index == count - 1)
            #expect(try image.writeJSON(to: .init(), ImageJSONOptions()) == count)
        }
    }
}
