internal import CheckpointModel
internal import EvidenceText

/// Whether evidence is what a manifest says.
struct ManifestCheck {
    private let evidence: EvidenceManifest
    private let recorded: RecordedManifest
    private let list: FindingList

    init(_ evidence: EvidenceManifest, against recorded: RecordedManifest, _ list: FindingList) {
        (self.evidence, self.recorded, self.list) = (evidence, recorded, list)
    }

    func run() {
        let own = recorded.manifest.digest
        if own != recorded.recordedDigest {
            list.add(.inconsistentManifest, "", "it says \(recorded.recordedDigest), but its lists have \(own)")
        }
        let before = Dictionary(
            recorded.manifest.sources.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let now = Dictionary(evidence.sources.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        for name in Set(before.keys).union(now.keys).sorted() { compare(name, before[name], now[name]) }
    }

    private func compare(_ name: ByteText, _ before: EvidenceSource?, _ now: EvidenceSource?) {
        guard let before else {
            list.add(.addedMember, name.imageName, "\(counted(now)), which the manifest does not list")
            return
        }
        guard let now else {
            list.add(.missingMember, name.imageName, "\(counted(before)), to which nothing leads any more")
            return
        }
        guard (before.file == nil) == (now.file == nil) else {
            list.add(.changedSource, name.imageName, "\(before.kind.words) then, \(now.kind.words) now")
            return
        }
        // An archive in another source is a member there.
        if let old = before.file, let new = now.file, old != new, !now.isCovered {
            list.add(.changedSource, name.imageName, difference(old.size, old.sha256, new.size, new.sha256))
        }
        MemberComparison(before, now, list).run()
    }

    private func counted(_ source: EvidenceSource?) -> String {
        guard let source else { return "a source" }
        let count = source.members.count
        return "\(source.kind.words) with \(count) member\(count == 1 ? "" : "s")"
    }
}

/// Compares what is in a source with what a manifest says of it.
private struct MemberComparison {
    private let before: EvidenceSource
    private let now: EvidenceSource
    private let list: FindingList
    /// The directories that cannot be listed now.
    private let unreadable: Set<ByteText>

    init(_ before: EvidenceSource, _ now: EvidenceSource, _ list: FindingList) {
        (self.before, self.now, self.list) = (before, now, list)
        unreadable = Set(now.members.lazy.filter { $0.type != .file && $0.sha256?.absence != nil }.map(\.name))
    }

    func run() {
        let old = places(before.members)
        let new = places(now.members)
        for member in old.keys.sorted() {
            guard let place = old[member] else { continue }
            let recorded = before.members[place]
            if let present = new[member] {
                compare(recorded, now.members[present])
            } else if isHidden(recorded.name) {
                list.add(.unreadableMember, image(recorded), "its directory cannot be read")
            } else {
                list.add(.missingMember, image(recorded), described(recorded))
            }
        }
        for member in new.keys.sorted() where old[member] == nil {
            guard let place = new[member] else { continue }
            list.add(.addedMember, image(now.members[place]), described(now.members[place]))
        }
    }

    /// Tells members of an archive that have one name by their order.
    private struct Key: Hashable, Comparable {
        let name: ByteText
        let number: Int

        static func < (left: Key, right: Key) -> Bool { (left.name, left.number) < (right.name, right.number) }
    }

    private func places(_ members: [EvidenceMember]) -> [Key: Int] {
        var counts: [ByteText: Int] = [:]
        var places: [Key: Int] = [:]
        for (place, member) in members.enumerated() {
            let number = counts[member.name, default: 0]
            counts[member.name] = number + 1
            places[Key(name: member.name, number: number)] = place
        }
        return places
    }

    private func image(_ member: EvidenceMember) -> String { now.path(of: member).imageName }

    private func isHidden(_ name: ByteText) -> Bool {
        name.bytes.indices.contains { place in
            name.bytes[place] == UInt8(ascii: "/") && unreadable.contains(ByteText(Array(name.bytes[..<place])))
        }
    }

    private func compare(_ old: EvidenceMember, _ new: EvidenceMember) {
        guard old.type == new.type else {
            list.add(.changedType, image(new), "\(old.type.rawValue) then, \(new.type.rawValue) now")
            return
        }
        if old.target != new.target {
            list.add(.changedLink, image(new), "to \(text(old.target)) then, to \(text(new.target)) now")
        }
        guard old.type == .file else { return }
        guard let digest = old.sha256?.value else {
            list.add(.unrecordedMember, image(new), described(new))
            return
        }
        switch new.sha256 {
        case .value(let current):
            guard current != digest || old.size != new.size else { return }
            list.add(.changedMember, image(new), difference(old.size, digest, new.size, current))
        case .missing(let absence): list.add(.unreadableMember, image(new), absence.detail)
        case nil: list.add(.unreadableMember, image(new), "it was not read")
        }
    }

    private func text(_ target: ByteText?) -> String { target?.imageName ?? "nothing" }

    private func described(_ member: EvidenceMember) -> String {
        guard member.type == .file else {
            return member.type.rawValue + (member.target.map { " to \($0.imageName)" } ?? "")
        }
        let digest = member.sha256?.value.map { "SHA-256 \($0)" } ?? "not read"
        return "\(member.size.map { "\($0) bytes" } ?? "a file"), \(digest)"
    }
}

private func difference(_ oldSize: UInt64?, _ old: String, _ newSize: UInt64?, _ new: String) -> String {
    func side(_ size: UInt64?, _ digest: String) -> String { "\(size.map { "\($0) bytes" } ?? "a file"), \(digest)" }
    return "\(side(oldSize, old)) then; \(side(newSize, new)) now"
}

extension EvidenceSource.Kind {
    /// What it is, for a person.
    fileprivate var words: String {
        switch self {
        case .directory: "a directory"
        case .archive, .nestedArchive: "an archive"
        case .file: "a file"
        case .parent: "a parent snapshot"
        case .neighbours: "files near the images"
        }
    }
}

extension ByteText {
    /// The text as it is; escaped where it is not UTF-8.
    fileprivate var imageName: String { string ?? forTerminal }
}
