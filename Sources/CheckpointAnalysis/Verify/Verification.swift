public import CheckpointModel

/// Whether the images of a checkpoint are whole and agree with each other.
///
/// Every image is read to its end, but for raw ones like memory pages, of which the size is enough. Linear in the size of
/// what is read, times the logarithm of the number of memory areas.
public struct Verification: Sendable {
    /// The findings, the worst first, then by image, entry and offset.
    public let findings: [Finding]
    /// What was left out, where one rule fails in one image more than a hundred times.
    public let omitted: [OmittedFindings]
    /// The files in the folders of the images; of evidence that was held against a manifest, all of its files.
    public let images: [ImageSummary]
    /// The manifest that the evidence was held against; nil if its images were held against each other.
    public let manifest: RecordedManifest?

    /// Whether nothing is missing or contradictory: there are no findings, or only notes.
    public var isWhole: Bool { findings.allSatisfy { $0.rule.severity == .note } }

    /// How many findings of a severity there are, with those that were left out.
    public func count(_ severity: VerificationRule.Severity) -> Int {
        findings.count { $0.rule.severity == severity }
            + omitted.reduce(0) { $0 + ($1.rule.severity == severity ? $1.count : 0) }
    }

    /// Checks a checkpoint by all rules.
    public init(_ checkpoint: Checkpoint) {
        let list = FindingList()
        var problems = ProblemRules(list)
        images = checkpoint.examineImages { problems.add($0) }
        let set = ImageSet(images)
        ImageCheck(set, list).run()
        TreeCheck(checkpoint, set, list).run()
        let counts = PageCheck(checkpoint, set, list).run()
        AreaCheck(checkpoint, set, list).run()
        FileCheck(checkpoint, set, list).run()
        SocketCheck(checkpoint, set, list).run()
        DumpCheck(checkpoint, set, list).run()
        if let statistics = checkpoint.statistics.value { counts.compare(with: statistics, set) }
        ModelReading(checkpoint).run()
        problems.knowsNamespaces = set["inventory.img"]?.isWhole == true
        checkpoint.problems.forEach(problems.add)
        manifest = nil
        omitted = list.omitted
        findings = Verification.placed(list.findings, checkpoint).sorted(by: Verification.comesFirst)
    }

    /// Checks whether evidence is what a manifest says, and nothing else.
    ///
    /// - Parameters:
    ///   - evidence: What the evidence is now.
    ///   - recorded: The manifest.
    public init(_ evidence: EvidenceManifest, against recorded: RecordedManifest) {
        let list = FindingList()
        ManifestCheck(evidence, against: recorded, list).run()
        images = evidence.files
        manifest = recorded
        omitted = list.omitted
        findings = list.findings.sorted(by: Verification.comesFirst)
    }

    /// The findings with the offsets of the entries that they are about.
    private static func placed(_ findings: [Finding], _ checkpoint: Checkpoint) -> [Finding] {
        let lacking = Dictionary(grouping: findings.filter { $0.offset == nil && $0.entry != nil }, by: \.image)
        let offsets = lacking.mapValues { findings in
            checkpoint.entryOffsets(Set(findings.compactMap(\.entry)), in: findings[0].image)
        }
        return findings.map { finding in
            guard finding.offset == nil, let entry = finding.entry else { return finding }
            var placed = finding
            placed.offset = offsets[finding.image]?[entry]
            return placed
        }
    }

    private static func comesFirst(_ left: Finding, _ right: Finding) -> Bool {
        if left.rule.severity != right.rule.severity { return left.rule.severity < right.rule.severity }
        if left.image != right.image { return left.image < right.image }
        if left.entry != right.entry { return (left.entry ?? -1) < (right.entry ?? -1) }
        if left.offset != right.offset { return (left.offset ?? -1) < (right.offset ?? -1) }
        return (left.rule.id, left.explanation) < (right.rule.id, right.explanation)
    }
}
