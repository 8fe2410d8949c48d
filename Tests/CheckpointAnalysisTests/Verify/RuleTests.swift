import CRIUImages
import CheckpointTestSupport
import Foundation
import SystemPackage
import Testing

@testable import CheckpointAnalysis
@testable import CheckpointModel

@Suite("Rules of whole image sets")
struct RuleTests {
    @Test("A planted fault is found, at its place, and nothing else is", arguments: RuleCase.all)
    func planted(_ fault: RuleCase) throws {
        let set = try BrokenSet(fault.scenario)
        try fault.plant(set)
        let findings = try set.verify().findings
        let found = findings.filter { $0.rule.id == fault.rule }
        #expect(Set(findings.map(\.rule.id)) == Set(fault.others + [fault.rule]), "\(text(findings))")
        // A damaged archive is told as a whole, too.
        let here = found.filter { !$0.image.isEmpty }
        let first = try #require(here.first)
        #expect(here.count == 1 && first.image == fault.image && first.entry == fault.entry, "\(text(found))")
        #expect(try first.offset == offset(of: fault, in: set), "\(first)")
        #expect(!first.explanation.isEmpty)
    }

    private func text(_ findings: [Finding]) -> String {
        findings.map { "\($0.rule.id) \($0.image) \($0.entry ?? -1) \($0.explanation)" }.joined(separator: "; ")
    }

    private func offset(of fault: RuleCase, in set: BrokenSet) throws -> Int? {
        switch fault.offset {
        case .none: return nil
        case .at(let offset): return offset
        case .entry: return try set.start(ofEntry: fault.entry ?? 0, fault.image)
        case .area(let index):
            // Tag and size are two bytes; then comes the field 1, the address, of which an area begins.
            let bytes = try set.bytes(fault.image)
            return bytes.indices.dropLast(3).filter { bytes[$0] == 0x72 && bytes[$0 + 2] == 0x08 }[index]
        case .entryPlus(let more): return try set.start(ofEntry: fault.entry ?? 0, fault.image) + more
        }
    }

    @Test("Every rule has a fault that breaks it, and every fault a rule")
    func catalogue() {
        let rules = VerificationRule.catalogue.map(\.id)
        #expect(Set(rules).count == rules.count)
        let planted = RuleCase.all.map(\.rule) + VerificationRule.manifestRules.map(\.id)
        #expect(Set(rules).symmetricDifference(planted) == ["checkpoint/damage"])
        for rule in VerificationRule.catalogue {
            #expect(rule.id.split(separator: "/").count == 2 && rule.meaning.hasSuffix("."), "\(rule.id)")
            #expect(rule.explanation.hasSuffix("."), "\(rule.id)")
        }
    }

    @Test("Damage that no rule is about is told all the same")
    func otherDamage() {
        let list = FindingList()
        ProblemRules(list).add(Problem(image: "x.img", entry: 3, offset: 9, code: "bad-weather", detail: "it rains"))
        #expect(
            list.findings == [Finding(rule: .otherDamage, image: "x.img", entry: 3, offset: 9, explanation: "it rains")]
        )
    }

    @Test("Of many findings of one rule in one image, a hundred are kept, and the others counted")
    func manyFindings() throws {
        let set = try BrokenSet("crash")
        let entry = MessageBuilder().varint(1, 4).varint(2, 0).varint(3, 1).varint(4, 0)
        try set.append("fdinfo-2.img", (0..<1000).reduce(ImageBuilder()) { image, _ in image.entry(entry) }.bytes)
        let verification = try set.verify()
        let rule = VerificationRule.duplicateDescriptor
        // The explanations are the same, but not the entries.
        #expect(verification.findings.count == 100 && verification.findings.allSatisfy { $0.rule == rule })
        #expect(verification.omitted == [OmittedFindings(rule: rule, image: "fdinfo-2.img", count: 900)])
        #expect(verification.count(.error) == 1000 && !verification.isWhole)
    }

    @Test("Every bundled checkpoint is whole", arguments: wholeSets)
    func whole(_ path: String) throws {
        let verification = Verification(try Checkpoint(path: FilePath(path)))
        #expect(verification.isWhole && verification.findings.allSatisfy { $0.rule.severity == .note })
        #expect(verification.findings.map(\.rule.id).allSatisfy { expectedNotes.contains($0) })
        #expect(!verification.images.isEmpty && verification.omitted.isEmpty)
    }
}

/// What is rare, but is so in some of the bundled checkpoints.
private let expectedNotes: Set<String> = ["pstree/no-session-leader"]

private let wholeSets: [String] =
    Scenario.all.map(\.folder.path)
    + ["shelltree.tar", "shelltree.tar.gz", "shelltree.tar.zst", "redis-before.tar.zst", "redis-after.tar.zst"]
    .map { Scenario.fixtures.appending(path: "archives/\($0)").path }
