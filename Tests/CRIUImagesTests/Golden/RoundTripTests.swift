import CRIUImages
import CheckpointTestSupport
import Testing

@Suite("There and back")
struct RoundTripTests {
    @Test("Every framed image of the fixtures comes back from its JSON", arguments: Scenario.all)
    func fixtures(_ scenario: Scenario) throws {
        let images = FixtureImage.framed.filter { $0.scenario.name == scenario.name }
        #expect(images.count >= 5)
        for image in images {
            let file = try image.open()
            let bytes = try image.bytes()
            for isPretty in [false, true] {
                let text = JSONForm(file, isPretty: isPretty).text
                if try encode(text, byteOrder: file.header.byteOrder) != bytes {
                    Issue.record("\(image), pretty: \(isPretty)")
                }
            }
        }
    }

    @Test("The recorded JSON of the tool gives the image too", arguments: Scenario.all)
    func goldens(_ scenario: Scenario) throws {
        let faulty = Set(KnownFault.all.map(\.image))
        for image in FixtureImage.withGolden where image.scenario.name == scenario.name {
            guard !faulty.contains(image.description) else { continue }
            let order = try image.open().header.byteOrder
            for isPretty in [false, true] {
                let golden = try #require(image.golden(isPretty: isPretty))
                if try encode(golden, byteOrder: order) != image.bytes() {
                    Issue.record("\(image), pretty: \(isPretty)")
                }
            }
        }
    }

    @Test("Every image of s390x is big-endian, every other little-endian")
    func byteOrder() throws {
        for image in FixtureImage.framed {
            let expected: ByteOrder = image.scenario.name == "s390x" ? .big : .little
            #expect(try image.open().header.byteOrder == expected, "\(image)")
        }
    }

    @Test("A CORE image of s390x tells its byte order itself")
    func coreTellsOrder() throws {
        let cores = Scenario.named("s390x").images.filter { $0.fileName.hasPrefix("core-") }
        #expect(cores.count == 6)
        for image in cores {
            #expect(try encode(JSONForm(try image.open()).text) == image.bytes(), "\(image)")
        }
    }
}
