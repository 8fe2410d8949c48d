import CRIUImages
import CheckpointTestSupport
import Foundation
import Testing

@Suite("Recorded JSON of CRIU's tool")
struct GoldenTests {
    @Test("One line", arguments: Scenario.all)
    func plain(_ scenario: Scenario) throws {
        try compare(scenario, isPretty: false)
    }

    @Test("For people", arguments: Scenario.all)
    func pretty(_ scenario: Scenario) throws {
        try compare(scenario, isPretty: true)
    }

    private func compare(_ scenario: Scenario, isPretty: Bool) throws {
        let recorded = scenario.images.filter { $0.golden(isPretty: isPretty) != nil }
        #expect(recorded.count >= 4)
        for image in recorded {
            let golden = String(decoding: try #require(image.golden(isPretty: isPretty)), as: UTF8.self)
            let expected = try #require(
                KnownFault.corrected(golden, of: image, isPretty: isPretty), "no such fault in \(image)")
            let form = JSONForm(try image.open(), isPretty: isPretty)
            #expect(form.damage == nil, "\(image)")
            if form.text != expected { Issue.record("\(image) \(difference(form.text, expected))") }
        }
    }

    /// Where two texts part, and how they go on: they are too long to be shown whole.
    private func difference(_ found: String, _ expected: String) -> String {
        let same = zip(found.utf8, expected.utf8).prefix { $0 == $1 }.count
        func rest(_ text: String) -> String { String(decoding: text.utf8.dropFirst(same).prefix(80), as: UTF8.self) }
        return "differs at \(same): \(rest(found)) instead of \(rest(expected))"
    }

    @Test("Every framed image has been compared, but for statistics of CRIU 4.2")
    func coverage() throws {
        let compared = Set(FixtureImage.withGolden.map(\.description))
        let others = FixtureImage.framed.map(\.description).filter { !compared.contains($0) }
        let expected = Scenario.recorded.map { "\($0)/stats-dump" }
        // The inode cache was not recorded for the pre-dumps.
        #expect(others == expected + ["chain/1/irmap-cache", "chain/2/irmap-cache"])
        #expect(compared.count == 551)
        #expect(Set(KnownFault.all.map(\.image)).isSubset(of: compared))
    }

    @Test("The count of entries is that of the recorded JSON, where the head of a page map does not count")
    func countEntries() throws {
        let faulty = Set(KnownFault.all.map(\.image))
        for image in FixtureImage.withGolden where !faulty.contains(image.description) {
            let golden = Data(try #require(image.golden(isPretty: false)))
            let object = try JSONSerialization.jsonObject(with: golden) as? [String: Any]
            let entries = try #require(object?["entries"] as? [Any])
            let file = try image.open()
            #expect(try file.countEntries() == entries.count - (file.kind == .pagemap ? 1 : 0), "\(image)")
        }
    }
}
