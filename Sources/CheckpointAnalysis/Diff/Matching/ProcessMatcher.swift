internal import CheckpointModel
internal import EvidenceText

/// Finds out which processes are the same.
struct ProcessMatcher {
    private let before: [ProcessIdentity]
    private let after: [ProcessIdentity]
    /// The process of the second checkpoint that a process of the first one is, and the other way round.
    private var forward: [Int?]
    private var back: [Int?]

    init(_ before: [ProcessIdentity], _ after: [ProcessIdentity]) {
        (self.before, self.after) = (before, after)
        forward = before.map { _ in nil }
        back = after.map { _ in nil }
    }

    mutating func match() {
        let places = Dictionary(
            after.enumerated().map { ($0.element.process.pid, $0.offset) }, uniquingKeysWith: { first, _ in first })
        let own = Dictionary(
            before.enumerated().map { ($0.element.process.pid, $0.offset) }, uniquingKeysWith: { first, _ in first })
        let isCopy = !Self.hasRoot(before, in: after, places) && !Self.hasRoot(after, in: before, own)
        for (place, process) in before.enumerated() where !isCopy {
            guard let other = places[process.process.pid], back[other] == nil else { continue }
            // Parents come before their children.
            if isSame(process, after[other], isParentSame: isParentSame(process.process, after[other].process, own)) {
                join(place, other)
            }
        }
        matchCopies()
    }

    /// Whether the parents of two processes are the same, or nothing tells that they are not.
    ///
    /// - Parameter own: The places of the processes of the first checkpoint.
    private func isParentSame(_ before: Process, _ after: Process, _ own: [Int: Int]) -> Bool {
        guard let parent = before.parentID.value, let newParent = after.parentID.value else { return true }
        guard let place = own[parent] else { return parent == newParent }
        return forward[place].map { self.after[$0].process.pid } == newParent
    }

    /// Whether the first process of a tree is in the other checkpoint under its id. If neither side has one of the other's,
    /// ids mean nothing: a copy that was restored elsewhere.
    private static func hasRoot(
        _ processes: [ProcessIdentity], in others: [ProcessIdentity], _ places: [Int: Int]
    ) -> Bool {
        processes.contains { identity in
            guard identity.process.depth == 0, let place = places[identity.process.pid] else { return false }
            return identity.hasSameStart(as: others[place]) ?? true || others[place].process.depth == 0
        }
    }

    private mutating func join(_ place: Int, _ other: Int) {
        forward[place] = other
        back[other] = place
    }

    /// Whether two processes with one id are the same.
    private func isSame(_ before: ProcessIdentity, _ after: ProcessIdentity, isParentSame: Bool) -> Bool {
        guard let isStartSame = before.hasSameStart(as: after) else {
            // It ended in between, or its memory is not in the images: nothing speaks against it but the name.
            let names = (before.process.name.value, after.process.name.value)
            return isParentSame && (names.0 == nil || names.1 == nil || names.0 == names.1)
        }
        if isStartSame { return true }
        if before.process.depth == 0 && after.process.depth == 0 { return true }
        return isParentSame && before.hasSameExecutable(as: after)
    }

    // MARK: Copies

    /// Matches trees whose first processes have other ids.
    private mutating func matchCopies() {
        let (old, new) = (before.indices.filter { isTop($0) }, after.indices.filter { isNewTop($0) })
        guard !old.isEmpty, !new.isEmpty else { return }
        let children = Dictionary(grouping: before.indices, by: { before[$0].process.parentID.value })
        let newChildren = Dictionary(grouping: after.indices, by: { after[$0].process.parentID.value })
        var waiting = [(old, new)]
        while let (old, new) = waiting.popLast() {
            for (place, other) in copies(old, new) {
                join(place, other)
                let lists = (
                    (children[before[place].process.pid] ?? []).filter { forward[$0] == nil },
                    (newChildren[after[other].process.pid] ?? []).filter { back[$0] == nil }
                )
                waiting.append(lists)
            }
        }
    }

    private func isTop(_ place: Int) -> Bool { forward[place] == nil && before[place].process.depth == 0 }
    private func isNewTop(_ place: Int) -> Bool { back[place] == nil && after[place].process.depth == 0 }

    /// Siblings of two trees that are the same, the first with the first where several are alike.
    private func copies(_ old: [Int], _ new: [Int]) -> [(Int, Int)] {
        let keys = { (identity: ProcessIdentity) in
            CopyKey(start: identity.start, executable: identity.executable, name: identity.process.name.value)
        }
        var places: [CopyKey: [Int]] = [:]
        for place in new.reversed() { places[keys(after[place]), default: []].append(place) }
        return old.compactMap { place in places[keys(before[place])]?.popLast().map { (place, $0) } }
    }

    // MARK: Results

    /// All processes, those that are gone in front of what follows them in the first checkpoint.
    var pairs: [ProcessPair] {
        let (oldIDs, newIDs) = (Set(before.map(\.process.pid)), Set(after.map(\.process.pid)))
        var result: [ProcessPair] = []
        var next = 0
        func addGone(before end: Int) {
            while next < end {
                if forward[next] == nil {
                    let process = before[next].process
                    result.append(
                        ProcessPair(before: process, after: nil, isIDReused: newIDs.contains(process.pid)))
                }
                next += 1
            }
        }
        for (place, identity) in after.enumerated() {
            if let match = back[place] { addGone(before: match) }
            let old = back[place].map { before[$0].process }
            let isReused = old == nil && oldIDs.contains(identity.process.pid)
            result.append(ProcessPair(before: old, after: identity.process, isIDReused: isReused))
        }
        addGone(before: before.count)
        return result
    }
}

/// What siblings that are the same in two copies of a tree have in common.
private struct CopyKey: Hashable {
    let start: ProcessIdentity.Start?
    let executable: ByteText?
    let name: ByteText?
}
