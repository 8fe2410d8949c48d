import CheckpointTestSupport
import Testing

@testable import CRIUImages

@Suite("Damage to the words of an image")
struct HeaderDamageTests {
    private func error(_ bytes: [UInt8], name: String = "x.img") -> ImageError? {
        do {
            _ = try ImageFile(ImageBytes(bytes), name: name)
            return nil
        } catch {
            return error
        }
    }

    @Test("An unknown magic word", arguments: ByteOrder.allCases)
    func unknownMagic(_ order: ByteOrder) {
        var alone = ImageBuilder(byteOrder: order)
        alone.append(word: 0x1234_5678)
        #expect(error(alone.bytes) == ImageError(.unknownMagic, "", image: "x.img", at: 0))
        var led = ImageBuilder(byteOrder: order)
        led.append(word: ImageHeader.commonLead)
        led.append(word: 0x1234_5678)
        #expect(error(led.bytes) == ImageError(.unknownMagic, "", image: "x.img", at: 4))
    }

    @Test("The unknown word is named")
    func wordIsNamed() {
        #expect(error([0x7F, 0x45, 0x4C, 0x46])?.detail.contains("0x464c457f") == true)
        #expect(error(Array("text\n".utf8))?.description.hasPrefix("x.img, byte 0: ") == true)
    }

    @Test("Too few bytes for the words", arguments: 0..<8)
    func tooShort(_ count: Int) {
        let bytes = Array(ImageBuilder(.fdinfo).bytes.prefix(count))
        #expect(error(bytes) == ImageError(.tooShort, "", image: "x.img", at: count))
    }

    @Test("Too few bytes for a magic word alone", arguments: 0..<4)
    func tooShortAlone(_ count: Int) {
        let bytes = Array(ImageBuilder(.inventory).bytes.prefix(count))
        #expect(error(bytes, name: "inventory.img") == ImageError(.tooShort, "", image: "inventory.img", at: count))
    }

    @Test(
        "A raw image is told by its name, also if it is empty", arguments: [[], Array("*filter\n".utf8), [0, 0, 0, 0]])
    func raw(_ bytes: [UInt8]) {
        let found = error(bytes, name: "iptables-10.img")
        #expect(found == ImageError(.notFramed, "", image: "iptables-10.img", kind: .iptables, at: 0))
        #expect(found?.detail.contains("iptables-save text") == true)
    }

    @Test("Every raw image of the fixtures is told as such")
    func rawFixtures() throws {
        let names = FixtureImage.framed.map(\.description)
        let raw = Scenario.all.flatMap(\.images).filter { !names.contains($0.description) }
        #expect(raw.count > 60)
        for image in raw {
            let kind = try #require(ImageKind(fileName: image.fileName))
            let error = #expect(throws: ImageError.self) { try image.open() }
            #expect(error == ImageError(.notFramed, "", image: image.fileName, kind: kind, at: 0))
        }
    }

    @Test("Errors of one sort at one place are equal, whatever their wording")
    func equality() {
        let error = ImageError(.tooShort, "a", image: "i", kind: .core, entry: 1, at: 2)
        #expect(error == ImageError(.tooShort, "b", image: "i", kind: .core, entry: 1, at: 2))
        #expect(error != ImageError(.tooLarge, "a", image: "i", kind: .core, entry: 1, at: 2))
        #expect(error != ImageError(.tooShort, "a", image: "j", kind: .core, entry: 1, at: 2))
        #expect(error != ImageError(.tooShort, "a", image: "i", kind: .mm, entry: 1, at: 2))
        #expect(error != ImageError(.tooShort, "a", image: "i", kind: .core, entry: nil, at: 2))
        #expect(error != ImageError(.tooShort, "a", image: "i", kind: .core, entry: 1, at: 3))
    }
}
