import CheckpointTestSupport
import Foundation
import Testing

@Suite("diff where a pages image has a hole")
struct DiffHoleTests {
    @Test("Pages that may be the same but for the hole are marked with its side")
    func holes() throws {
        let folder = try ScratchFolder(copyOf: .named("memory"))
        let punch = try shell(
            "fallocate --punch-hole --offset \(0x21000) --length \(0x1000) '\(folder.path("pages-3.img"))'")
        #expect(punch.status == 0, "\(punch.errorText)")
        let whole = images("memory")
        for (sides, word) in [([whole, folder.path], "after"), ([folder.path, whole], "before")] {
            let run = try cryoscope(["diff"] + sides + ["--only", "memory", "--json", "--bytes"])
            #expect(run.status == 1)
            let document = try #require(try JSONSerialization.jsonObject(with: Data(run.output)) as? [String: Any])
            let changes = try #require(document["changes"] as? [[String: Any]])
            let marked = changes.filter { $0["hole_side"] != nil }
            #expect(marked.map { $0["hole_side"] as? String } == [word])
            #expect(marked.first?["subject"] as? String == "pages" && marked.first?["page_count"] as? Int == 1)
            let ranges = try #require(marked.first?["bytes"] as? [[String: Any]])
            #expect(ranges.compactMap { $0[word] as? String }.allSatisfy { $0.allSatisfy { $0 == "0" } })
            let text = try cryoscope(["diff"] + sides + ["--only", "memory"])
            #expect(text.outputText.contains("\(word) in a hole: zeros that a copy stored sparsely"))
        }
    }

    @Test("The bytes of a changed page are where the workload changed them, on both sides")
    func bytes() throws {
        let run = try cryoscope(
            "diff", images("diff-before"), images("diff-after"), "--only", "memory", "--json", "--bytes")
        let document = try #require(try JSONSerialization.jsonObject(with: Data(run.output)) as? [String: Any])
        let changes = try #require(document["changes"] as? [[String: Any]])
        let modified = changes.filter { ($0["path"] as? [String])?.last == "modified" }
        #expect(!modified.isEmpty)
        for change in modified {
            let ranges = try #require(change["bytes"] as? [[String: Any]])
            #expect(!ranges.isEmpty)
            for range in ranges {
                let (before, after) = (range["before"] as? String, range["after"] as? String)
                #expect(before != after && before?.count == after?.count)
                let address = try #require((range["address"] as? String).flatMap(number))
                let start = try #require((change["start"] as? String).flatMap(number))
                let end = try #require((change["end"] as? String).flatMap(number))
                #expect((start..<end).contains(address))
            }
        }
        let unknown = changes.filter { $0["kind"] as? String == "unknown" }
        #expect(unknown.allSatisfy { $0["bytes"] == nil })
    }

    private func number(_ text: String) -> UInt64? { UInt64(text.dropFirst(2), radix: 16) }
}
