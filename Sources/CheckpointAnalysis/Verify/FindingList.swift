internal import CheckpointModel

/// Gathers findings, each once, and of one rule in one image no more than a reader can take in.
final class FindingList {
    private(set) var findings: [Finding] = []
    /// The images that are not there, and the entries that cannot be right, of which a finding says so.
    private var explained: Set<Place> = []
    private var seen: Set<Key> = []
    private var counts: [Group: Int] = [:]

    /// How many findings of one rule in one image are kept; of more only the number is.
    static let limit = 100

    private struct Key: Hashable {
        let rule: VerificationRule
        let image: String
        let entry: Int?
        let explanation: String
    }

    private struct Place: Hashable {
        let image: String
        let entry: Int?
    }

    private struct Group: Hashable {
        let rule: VerificationRule
        let image: String
    }

    /// Adds a finding, unless it is there already.
    ///
    /// - Parameter offset: The byte offset, looked for only if the finding is kept; nil for that of the entry.
    func add(
        _ rule: VerificationRule, _ image: String, entry: Int? = nil, offset: @autoclosure () -> Int? = nil,
        _ explanation: @autoclosure () -> String
    ) {
        let group = Group(rule: rule, image: image)
        guard counts[group, default: 0] < FindingList.limit else {
            counts[group, default: 0] += 1
            return
        }
        let text = explanation()
        guard seen.insert(Key(rule: rule, image: image, entry: entry, explanation: text)).inserted else { return }
        counts[group, default: 0] += 1
        findings.append(Finding(rule: rule, image: image, entry: entry, offset: offset(), explanation: text))
    }

    /// Adds a finding about an image that is not there, at the entry that calls for it.
    func add(
        _ rule: VerificationRule, _ image: String, entry: Int? = nil, missing: String,
        _ explanation: @autoclosure () -> String
    ) {
        explain(missing)
        add(rule, image, entry: entry, explanation())
    }

    /// Adds a finding at the place where something was read.
    func add(_ rule: VerificationRule, _ origin: Origin, _ explanation: @autoclosure () -> String) {
        add(rule, origin.image, entry: origin.entry, explanation())
    }

    /// Notes that a finding says that an image is not there, or that an entry cannot be right.
    func explain(_ entry: Int? = nil, of image: String) { explained.insert(Place(image: image, entry: entry)) }

    /// Notes that a finding says that an image is not there.
    func explain(_ image: String) { explain(of: image) }

    /// Whether a finding says so already.
    func explains(_ entry: Int?, of image: String) -> Bool { explained.contains(Place(image: image, entry: entry)) }

    /// What was left out, by rule and image.
    var omitted: [OmittedFindings] {
        counts.compactMap { group, count in
            let more = count - FindingList.limit
            return more > 0 ? OmittedFindings(rule: group.rule, image: group.image, count: more) : nil
        }.sorted { ($0.rule.id, $0.image) < ($1.rule.id, $1.image) }
    }
}
