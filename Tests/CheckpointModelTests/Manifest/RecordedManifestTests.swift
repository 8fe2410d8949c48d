import CRIUImages
import CheckpointTestSupport
import EvidenceText
import Testing

@testable import CheckpointModel

@Suite("Manifests that are read")
struct RecordedManifestTests {
    private static let digest = String(repeating: "ab", count: 32)
    private static let whole = #"""
        {"format": "cryoscope-manifest", "version": 1, "digest": "\#(digest)", "made_at": "2026-01-02T03:04:05Z",
         "case": "K 1", "tool": {"name": "cryoscope"}, "path": {"text": "?", "hex": "ff41"}, "new key": [{}],
         "sources": [{"name": "", "kind": "directory", "members": [
           {"name": "a", "type": "file", "size": "18446744073709551615", "sha256": "\#(digest)"},
           {"name": {"text": "?", "hex": "fe"}, "type": "symbolic-link", "target": "x"},
           {"name": "c", "type": "file", "size": 3, "sha256": null}]}], "problems": []}
        """#

    private func parse(_ text: String) throws -> RecordedManifest {
        try RecordedManifest(parsing: ImageBytes(Array(text.utf8)))
    }

    @Test("All of it")
    func all() throws {
        let recorded = try parse(Self.whole)
        #expect(recorded.recordedDigest == Self.digest && recorded.madeAt == "2026-01-02T03:04:05Z")
        #expect(recorded.caseID == "K 1" && recorded.examiner == nil && recorded.manifest.path.bytes == [0xFF, 0x41])
        let members = recorded.manifest.sources[0].members
        #expect(members.map(\.name.bytes) == [[0x61], [0xFE], [0x63]])
        #expect(members[0].size == .max && members[0].sha256 == .value(Self.digest))
        #expect(members[1].target == "x" && members[1].sha256 == nil)
        #expect(members[2].sha256?.absence != nil)
    }

    @Test("Cut at every byte, it is no manifest, and nothing worse")
    func truncated() {
        let bytes = Array(Self.whole.utf8)
        for end in 0..<bytes.count {
            #expect(throws: ManifestError.self) {
                try RecordedManifest(parsing: ImageBytes(Array(bytes[..<end])))
            }
        }
    }

    @Test(
        "What is not of the form is refused",
        arguments: [
            ("\"cryoscope-manifest\"", "\"other\"", "is no manifest of cryoscope"),
            ("\"version\": 1", "\"version\": 2", "has version 2 of the form, and this cryoscope reads up to 1"),
            ("\"version\": 1", "\"version\": -1", "version is not a count"),
            ("\"digest\": \"ab", "\"digest\": \"AB", "digest is not a SHA-256"),
            ("\"digest\": \"ab", "\"digest\": \"", "digest is not a SHA-256"),
            ("\"made_at\": \"2026-01-02T03:04:05Z\"", "\"made_at\": 7", "made_at is not a text"),
            ("\"case\": \"K 1\"", "\"case\": \"K 1\", \"case\": \"K 2\"", "has the key case twice"),
            ("\"ff41\"", "\"ff4\"", "path is not a text"),
            ("\"ff41\"", "\"ff4g\"", "path is not a text"),
            ("\"directory\"", "\"heap\"", "sources[0].kind is not a kind of source"),
            ("\"kind\": \"directory\"", "\"kind\": \"archive\"", "sources[0].sha256 is not there for archives"),
            ("\"symbolic-link\"", "\"wormhole\"", "sources[0].members[1].type is not a type of file"),
            ("\"size\": 3", "\"size\": 3.5", "sources[0].members[2].size is not a count"),
            ("\"problems\": []", "\"problems\": ]", "is damaged at byte"),
        ])
    func wrong(_ old: String, _ new: String, _ detail: String) throws {
        let text = Self.whole.replacing(old, with: new, maxReplacements: 1)
        #expect(text != Self.whole)
        let error = #expect(throws: ManifestError.self) { try parse(text) }
        #expect(error?.detail.contains(detail) == true, "\(error?.detail ?? "")")
    }

    @Test("Nesting and numbers that would take memory are refused")
    func hostile() {
        for text in [
            String(repeating: "[", count: 100_000), String(repeating: "{\"a\":", count: 100_000), "", "7",
            "{\"format\": \"cryoscope-manifest\", \"version\": 99999999999999999999999}",
        ] {
            #expect(throws: ManifestError.self) { try parse(text) }
        }
    }
}
