import CheckpointAnalysis
import CheckpointModel
import EvidenceText

/// Finds the differences of two checkpoints.
struct DifferenceMaker: Sendable {
    let before: Checkpoint
    let after: Checkpoint
    let options: CheckpointDifference.Options
    let matching: ProcessMatching
    /// Whether the kernel's numbers of pipes and sockets mean the same in both checkpoints.
    let areInodesKept: Bool
    let references: FactReferences
    /// The parts of documents that have the topics.
    let parts: DocumentPart
    let memory: MemoryComparison
    private let namespaces: (before: NamespaceMemberships, after: NamespaceMemberships)
    /// The locks by the process that holds them.
    private let locks: (before: [Int: [FileLock]], after: [Int: [FileLock]])

    init(_ before: Checkpoint, _ after: Checkpoint, _ options: CheckpointDifference.Options) {
        (self.before, self.after, self.options) = (before, after, options)
        let all = options.processes.map { ProcessMatching($0.before, $0.after) } ?? ProcessMatching(before, after)
        matching = options.pids.isEmpty ? all : ProcessMatching(all, pids: options.pids)
        // Ids mean the same whichever processes are compared.
        // Of one checkpoint, ids mean themselves.
        references = before === after ? FactReferences(processes: []) : all.references
        areInodesKept = FileMatching.areInodesKept(before, after, matching.common)
        parts = DocumentPart.topics.reduce(into: []) { parts, entry in
            if options.topics.contains(entry.topic) { parts.insert(entry.part) }
        }
        namespaces = (NamespaceMemberships(before), NamespaceMemberships(after))
        locks = (
            Dictionary(grouping: before.locks) { Int($0.pid) }, Dictionary(grouping: after.locks) { Int($0.pid) }
        )
        memory = MemoryComparison(
            before: before, after: after, beforeFiles: options.files.before, afterFiles: options.files.after)
    }

    /// All of them, in order.
    func groups() -> ([DifferenceGroup], [SharedDifference]) {
        var groups = [DifferenceGroup(differences: wanted(checkpointDifferences()))]
        let pairs = matching.pairs
        let processes = pairs.inParallel { differences(of: $0) }
        let files = fileDifferences(processes.flatMap(\.files))
        let owners = memoryOwners()
        let found = options.topics.contains(.memory) ? memory.run(owners.map(\.pair), onlyMapped: isPartial) : nil
        var memories = Dictionary(
            zip(owners, found?.processes ?? []).map { ($0.0.process?.key, ($0.0, $0.1)) },
            uniquingKeysWith: { first, _ in first })
        for (pair, own) in zip(pairs, processes) {
            let differences = wanted(own.differences + (files[pair.key] ?? []))
            groups.append(DifferenceGroup(differences: differences, memory: memories.removeValue(forKey: pair.key)))
        }
        // Without a tree, the page maps alone tell of processes.
        for (owner, difference) in zip(owners, found?.processes ?? []) where owner.process == nil {
            groups.append(DifferenceGroup(differences: [], memory: (owner, difference)))
        }
        groups.append(DifferenceGroup(differences: wanted(files[nil] ?? [])))
        return (groups, found?.shared ?? [])
    }

    private func wanted(_ differences: [Difference]) -> [Difference] {
        differences.filter { options.topics.contains($0.topic) }
    }

    /// Whether only some processes are compared.
    private var isPartial: Bool { !options.pids.isEmpty || options.processes != nil }

    /// Compares two values.
    func compare(_ before: Fact, _ after: Fact) -> [FactChange] {
        var comparison = FactComparison(references, keepsUnchanged: options.keepsUnchanged)
        comparison.compare(before, after)
        return comparison.changes
    }

    // MARK: The checkpoint

    /// What belongs to no process. Left out where only some processes are compared.
    private func checkpointDifferences() -> [Difference] {
        guard !isPartial, let form = Forms.document.fact else { return [] }
        let preDump = before.isPreDump ? FactChange.Side.before : after.isPreDump ? .after : nil
        let parts = preDump == nil ? parts : []
        let changes = compare(form(subject(before), parts), form(subject(after), parts))
        let known = changes.filter { preDump == nil || $0.kind.isDifference }
        return (preDump.map(unknownParts) ?? [])
            + known.map { change in
                var topic = change.topic ?? .checkpoint
                if case .member(let key) = change.path.first {
                    if key == "container" { topic = .container }
                    if key == "statistics" || key == "dump_log" { topic = .checkpoint }
                }
                return Difference(topic, .checkpoint, change)
            }
    }

    /// That a pre-dump has nothing but pages.
    ///
    /// - Parameter side: Which side is one; if both are, there is nothing to compare.
    private func unknownParts(_ side: FactChange.Side) -> [Difference] {
        guard before.isPreDump != after.isPreDump else { return [] }
        let absence = Absence(.notRecorded, "a pre-dump has pages only")
        return [.processes, .files, .sockets, .mounts, .network, .namespaces, .ipc, .cgroups].map { topic in
            Difference(
                topic, .checkpoint, FactChange(.unknown(side, absence), nil, nil, path: [.member(topic.rawValue)]))
        }
    }

    private func subject(_ checkpoint: Checkpoint) -> CheckpointDocument.Subject {
        .init(checkpoint, checkpoint.processes.value ?? [], toolVersion: "", arguments: [])
    }

    // MARK: Processes

    /// What differs in a process, and the files that both sides have open under the same descriptors.
    private func differences(of pair: ProcessPair) -> (differences: [Difference], files: [FoundFile]) {
        switch (pair.before, pair.after) {
        case (let old?, let new?):
            let reports = (ProcessReport(old, in: before), ProcessReport(new, in: after))
            let facts = (
                facts(reports.0, namespaces.before, locks.before), facts(reports.1, namespaces.after, locks.after)
            )
            let threads = ThreadMatching(old, new)
            let (descriptors, files) = descriptorDifferences(pair, reports.0, reports.1)
            return (compare(facts.0, facts.1).compactMap { difference($0, pair, threads) } + descriptors, files)
        case (nil, _) where before.isPreDump, (_, nil) where after.isPreDump: return ([], [])
        case (let old?, nil):
            let fact = Forms.processSummary.fact?(ProcessReport(old, in: before), parts)
            return ([Difference(.processes, .process(pair), FactChange(.gone, fact, nil))], [])
        case (nil, let new?):
            let fact = Forms.processSummary.fact?(ProcessReport(new, in: after), parts)
            return ([Difference(.processes, .process(pair), FactChange(.appeared, nil, fact))], [])
        case (nil, nil): return ([], [])
        }
    }

    private func facts(
        _ report: ProcessReport, _ namespaces: NamespaceMemberships, _ locks: [Int: [FileLock]]
    ) -> Fact {
        let process = report.process
        guard case .record(let record) = Forms.process.fact?(report, parts) ?? .none else { return .none }
        let own = locks[process.pid] ?? []
        let lockFacts = FactList(own.compactMap { Forms.lock.fact?($0, parts) }, Forms.lock.matching)
        return .record(
            FactRecord(
                record.kind,
                record.members + [
                    FactMember(DifferenceMaker.lockTraits, .list(lockFacts)),
                    FactMember(DifferenceMaker.namespaces, namespaces.fact(process.pid)),
                ]))
    }

    private static let lockTraits = FactTraits("locks", topic: .files)
    private static let namespaces = FactTraits("namespaces", topic: .namespaces)

    /// A difference of a process or of one of its threads; nil if another one says the same.
    private func difference(_ change: FactChange, _ pair: ProcessPair, _ threads: ThreadMatching) -> Difference? {
        guard case .member("threads") = change.path.first, change.path.count > 1,
            case .key(.process(let id), _) = change.path[1]
        else { return Difference(change.topic ?? .processes, .process(pair), change) }
        let rest = Array(change.path.dropFirst(2))
        let isLeader = id == pair.before?.pid || id == pair.after?.pid
        if isLeader, case .member("name") = rest.first { return nil }
        let inner = FactChange(
            path: rest, topic: change.topic, kind: change.kind, before: change.before, after: change.after,
            words: change.words)
        let ids = threads.ids(id)
        let topic = rest.count <= 1 && isOwn(rest.first) ? .threads : change.topic ?? .threads
        return Difference(topic, .thread(pair, before: ids.0, after: ids.1), inner)
    }

    /// Whether a step leads to the thread as a whole, or to its name.
    private func isOwn(_ step: FactStep?) -> Bool {
        guard let step else { return true }
        if case .member("name") = step { return true }
        return false
    }
}

extension ThreadMatching {
    /// The ids of a thread on both sides, by the one before or, of one that appeared, after.
    fileprivate func ids(_ id: Int) -> (Int?, Int?) {
        let match = pairs.first { $0.before?.id == id } ?? pairs.first { $0.after?.id == id }
        return (match?.before?.id, match?.after?.id)
    }
}

extension ProcessPair {
    /// What tells the pair from others.
    var key: Key { Key(before: before?.pid, after: after?.pid) }

    struct Key: Hashable {
        let before: Int?
        let after: Int?
    }
}
