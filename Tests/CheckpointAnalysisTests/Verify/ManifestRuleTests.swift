import CRIUImages
import CheckpointTestSupport
import EvidenceText
import Foundation
import SystemPackage
import Testing

@testable import CheckpointAnalysis
@testable import CheckpointModel

@Suite("Evidence that is held against a manifest")
struct ManifestRuleTests {
    /// Evidence of two snapshots, with a link.
    private func evidence() throws -> ScratchFolder {
        let folder = try ScratchFolder()
        for link in ["1", "2"] {
            try folder.makeFolder(link)
            try folder.write("\(link)/inventory.img", Array("inventory \(link)".utf8))
        }
        try folder.link("2/parent", to: "../1")
        try folder.makeFolder("2/logs")
        try folder.write("2/logs/dump.log", Array("log".utf8))
        return folder
    }

    private func manifest(_ path: String) throws -> EvidenceManifest { try EvidenceManifest(path: FilePath(path)) }

    private func recorded(_ manifest: EvidenceManifest, digest: String? = nil) -> RecordedManifest {
        RecordedManifest(
            manifest: manifest, recordedDigest: digest ?? manifest.digest, madeAt: "then", caseID: nil, examiner: nil)
    }

    @Test("What was not changed")
    func unchanged() throws {
        let folder = try evidence()
        let before = recorded(try manifest(folder.path("2")))
        let verification = Verification(try manifest(folder.path("2")), against: before)
        #expect(verification.findings.isEmpty && verification.isWhole)
        #expect(verification.images.map(\.name) == ["inventory.img", "logs/dump.log", "parent/inventory.img"])
    }

    @Test("Each rule has a change that breaks it, and tells what was and what is", arguments: ManifestRuleCase.all)
    func planted(_ change: ManifestRuleCase) throws {
        let folder = try evidence()
        let before = try manifest(folder.path("2"))
        try change.plant(folder)
        let now = change.now(try manifest(folder.path("2")))
        let findings = Verification(now, against: change.then(recorded(before))).findings
        #expect(findings.map(\.rule.id) == change.rules)
        #expect(findings.map(\.image) == change.images)
        #expect(findings.allSatisfy { change.details.contains($0.explanation) }, "\(findings.map(\.explanation))")
    }

    @Test("Every rule about manifests has a change")
    func catalogue() {
        #expect(
            Set(VerificationRule.manifestRules.map(\.id))
                == Set(ManifestRuleCase.all.flatMap(\.rules)).union(["manifest/source-changed"]))
    }

    @Test("An archive that was packed anew, and one that was unpacked")
    func source() throws {
        let folder = try ScratchFolder()
        var tar = TarBuilder()
        tar.add("checkpoint/inventory.img", [1])
        tar.add("checkpoint/pages-1.img", [2])
        try folder.write("evidence", tar.archive)
        let before = recorded(try manifest(folder.path("evidence")))
        try folder.write("evidence", tar.archive + Array(repeating: 0, count: 512))
        let packed = Verification(try manifest(folder.path("evidence")), against: before).findings
        #expect(packed.map(\.rule.id) == ["manifest/source-changed"] && packed[0].image == "")
        var other = TarBuilder()
        other.add("checkpoint/inventory.img", [3])
        try folder.write("evidence", other.archive)
        let changed = Verification(try manifest(folder.path("evidence")), against: before).findings
        #expect(
            changed.map(\.rule.id) == ["manifest/source-changed", "manifest/changed", "manifest/missing"])
        try FileManager.default.removeItem(atPath: folder.path("evidence"))
        try folder.makeFolder("evidence")
        let unpacked = Verification(try manifest(folder.path("evidence")), against: before).findings
        #expect(unpacked.map(\.explanation) == ["an archive then, a directory now"])
    }
}

/// A change of evidence, and what has to be found.
struct ManifestRuleCase: Sendable, CustomStringConvertible {
    let rules: [String]
    let images: [String]
    /// What may be told of it.
    let details: [String]
    var plant: @Sendable (ScratchFolder) throws -> Void = { _ in }
    /// Changes what is read of the evidence.
    var now: @Sendable (EvidenceManifest) -> EvidenceManifest = { $0 }
    /// Changes what was recorded.
    var then: @Sendable (RecordedManifest) -> RecordedManifest = { $0 }

    var description: String { rules.joined(separator: ", ") }

    private static let log = "3 bytes, SHA-256 \(digest("log"))"

    static let all: [ManifestRuleCase] = [
        ManifestRuleCase(
            rules: ["manifest/changed"], images: ["logs/dump.log"],
            details: ["3 bytes, \(digest("log")) then; 4 bytes, \(digest("logs")) now"],
            plant: { try $0.write("2/logs/dump.log", Array("logs".utf8)) }),
        ManifestRuleCase(
            rules: ["manifest/changed"], images: ["parent/inventory.img"],
            details: ["11 bytes, \(digest("inventory 1")) then; 11 bytes, \(digest("inventory 3")) now"],
            plant: { try $0.write("1/inventory.img", Array("inventory 3".utf8)) }),
        ManifestRuleCase(
            rules: ["manifest/missing", "manifest/added"], images: ["logs/dump.log", "logs/renamed"], details: [log],
            plant: {
                try FileManager.default.moveItem(
                    atPath: $0.path("2/logs/dump.log"), toPath: $0.path("2/logs/renamed"))
            }),
        ManifestRuleCase(
            rules: ["manifest/missing", "manifest/missing"], images: ["parent", "parent"],
            details: ["symbolic-link to ../1", "a parent snapshot with 1 member, to which nothing leads any more"],
            plant: { try FileManager.default.removeItem(atPath: $0.path("2/parent")) }),
        ManifestRuleCase(
            rules: ["manifest/type-changed"], images: ["logs/dump.log"], details: ["file then, symbolic-link now"],
            plant: {
                try FileManager.default.removeItem(atPath: $0.path("2/logs/dump.log"))
                try $0.link("2/logs/dump.log", to: "elsewhere")
            }),
        ManifestRuleCase(
            rules: ["manifest/link-changed"], images: ["parent"], details: ["to ../1 then, to ../2/../1 now"],
            plant: {
                try FileManager.default.removeItem(atPath: $0.path("2/parent"))
                try $0.link("2/parent", to: "../2/../1")
            }),
        ManifestRuleCase(
            rules: ["manifest/unreadable"], images: ["logs/dump.log"], details: ["cannot be read: why not"],
            now: { $0.changing("logs/dump.log") { unreadable($0.name, .file) } }),
        ManifestRuleCase(
            rules: ["manifest/unreadable"], images: ["logs/dump.log"], details: ["its directory cannot be read"],
            plant: { try FileManager.default.removeItem(atPath: $0.path("2/logs/dump.log")) },
            now: { $0.changing("logs") { unreadable($0.name, .directory) } }),
        ManifestRuleCase(
            rules: ["manifest/unrecorded"], images: ["logs/dump.log"], details: [log],
            then: { $0.changing { $0.changing("logs/dump.log") { unreadable($0.name, .file) } } }),
        ManifestRuleCase(
            rules: ["manifest/inconsistent"], images: [""],
            details: ["it says \(digest("other")), but its lists have \(unchangedDigest)"],
            then: {
                RecordedManifest(
                    manifest: $0.manifest, recordedDigest: digest("other"), madeAt: "", caseID: nil, examiner: nil)
            }),
    ]

    /// The SHA-256 of the lines of the evidence of the tests, as README has them.
    private static let unchangedDigest = digest(
        """
        file\t11\t\(digest("inventory 2"))\ttext:\ttext:inventory.img\t
        directory\t\t\ttext:\ttext:logs\t
        file\t3\t\(digest("log"))\ttext:\ttext:logs/dump.log\t
        symbolic-link\t\t\ttext:\ttext:parent\ttext:../1
        file\t11\t\(digest("inventory 1"))\ttext:parent\ttext:inventory.img\t

        """)

    private static func digest(_ text: String) -> String { ImageBytes(Array(text.utf8)).sha256() }

    private static func unreadable(_ name: ByteText, _ type: EvidenceMember.Kind) -> EvidenceMember {
        EvidenceMember(name, type, sha256: .missing(Absence(.unreadable, "cannot be read: why not")))
    }
}

extension EvidenceManifest {
    /// The manifest with one member of the first source changed.
    fileprivate func changing(_ name: ByteText, _ change: (EvidenceMember) -> EvidenceMember) -> EvidenceManifest {
        let members = sources[0].members.map { $0.name == name ? change($0) : $0 }
        let first = EvidenceSource(sources[0].name, sources[0].kind, members)
        return EvidenceManifest(path: path, sources: [first] + sources.dropFirst(), problems: problems)
    }
}

extension RecordedManifest {
    /// A manifest that was made of other evidence.
    fileprivate func changing(_ change: (EvidenceManifest) -> EvidenceManifest) -> RecordedManifest {
        let changed = change(manifest)
        return RecordedManifest(
            manifest: changed, recordedDigest: changed.digest, madeAt: madeAt, caseID: caseID, examiner: examiner)
    }
}
