import CheckpointAnalysis
import CheckpointModel
import EvidenceText

extension DifferenceMaker {
    // MARK: Descriptors

    /// Descriptors that were opened, closed, or lead elsewhere.
    func descriptorDifferences(_ pair: ProcessPair) -> [Difference] {
        guard options.topics.contains(.files), let place = places[pair.key] else { return [] }
        switch files.descriptors[place] {
        case .missing(let absence): return unknownDescriptors(pair, absence)
        case .value(let descriptors): return descriptors.flatMap { differences(of: $0, pair) }
        }
    }

    private func unknownDescriptors(_ pair: ProcessPair, _ absence: Absence) -> [Difference] {
        guard let old = pair.before, let new = pair.after else { return [] }
        let isKnown = (before.descriptors(of: old).value != nil, after.descriptors(of: new).value != nil)
        guard isKnown.0 != isKnown.1 else { return [] }
        let change = FactChange(
            .unknown(isKnown.0 ? .after : .before, absence), nil, nil, path: [.member("descriptors")])
        return [Difference(.files, .process(pair), change)]
    }

    private func differences(of descriptor: DescriptorPair, _ pair: ProcessPair) -> [Difference] {
        let subject = DifferenceSubject.descriptor(pair, number: descriptor.number)
        let (old, new) = (fact(descriptor.before, pair.before, before), fact(descriptor.after, pair.after, after))
        guard let old, let new else {
            let change = FactChange(old == nil ? .appeared : .gone, old, new)
            return [Difference(.files, subject, change)]
        }
        guard descriptor.isSameFile else {
            return [Difference(.files, subject, FactChange(.changed, old, new, path: [.member("file")]))]
        }
        let changes = compare(descriptorFlags(descriptor.before), descriptorFlags(descriptor.after))
        return changes.map { Difference(.files, subject, $0) }
    }

    /// What a descriptor is, in short.
    private func fact(_ descriptor: Descriptor?, _ process: Process?, _ checkpoint: Checkpoint) -> Fact? {
        guard let descriptor, process != nil else { return nil }
        return Forms.descriptorSummary.fact?(DescriptorSummary(descriptor, checkpoint), parts)
    }

    /// What belongs to the descriptor itself, and not to the open file behind it.
    private func descriptorFlags(_ descriptor: Descriptor?) -> Fact {
        guard let descriptor else { return .none }
        return .record(
            FactRecord(
                "descriptor_flags",
                [
                    FactMember(DifferenceMaker.closeOnExec, .flag(descriptor.isClosedOnExec)),
                    FactMember(DifferenceMaker.label, descriptor.securityLabel.map { .text($0) } ?? .none),
                ]))
    }

    private static let closeOnExec = FactTraits("close_on_exec")
    private static let label = FactTraits("security_label")

    // MARK: Open files

    /// The differences of open files and sockets, by the process whose descriptor leads to each.
    func fileDifferences() -> [ProcessPair.Key?: [Difference]] {
        guard !options.topics.isDisjoint(with: [.files, .sockets]) else { return [:] }
        let owners = FileOwners(matching.pairs)
        var found: [ProcessPair.Key?: [Difference]] = [:]
        var pipes: Set<UInt32> = []
        let isFirst = files.files.map { pair in
            guard case .pipe(let end) = pair.after?.detail else { return true }
            return pipes.insert(end.pipeID).inserted
        }
        let jobs = Array(zip(files.files, isFirst))
        for (pair, changes) in zip(files.files, jobs.inParallel { changes(of: $0, hasPipe: $1) }) where !changes.isEmpty {
            let subject = fileSubject(pair, owners)
            found[subject.process?.key, default: []] += changes.map {
                Difference(pair.after?.socket == nil ? .files : .sockets, .file(subject), $0)
            }
        }
        for pair in lostSockets() {
            let subject = fileSubject(pair, owners)
            let (old, new) = (socketFact(pair.before, before), socketFact(pair.after, after))
            let change = FactChange(old == nil ? .appeared : .gone, old, new, path: [.member("socket")])
            found[subject.process?.key, default: []].append(Difference(.sockets, .file(subject), change))
        }
        return found
    }

    /// The sockets that only one checkpoint has. Where only some processes are compared, those of others are left out.
    private func lostSockets() -> [FilePair] {
        guard !options.pids.isEmpty || options.processes != nil else { return files.lostSockets }
        let old = Set(matching.pairs.compactMap(\.before?.pid))
        let new = Set(matching.pairs.compactMap(\.after?.pid))
        return files.lostSockets.filter { pair in
            pair.before.map { uses($0, before, old) } ?? false || pair.after.map { uses($0, after, new) } ?? false
        }
    }

    private func uses(_ file: OpenFile, _ checkpoint: Checkpoint, _ pids: Set<Int>) -> Bool {
        checkpoint.uses(of: file.reference).contains { $0.pid.map(pids.contains) == true }
    }

    private func changes(of pair: FilePair, hasPipe: Bool) -> [FactChange] {
        guard let old = pair.before, let new = pair.after else { return [] }
        return compare(fileFact(old, before, hasPipe), fileFact(new, after, hasPipe))
    }

    private func fileFact(_ file: OpenFile, _ checkpoint: Checkpoint, _ hasPipe: Bool) -> Fact {
        if file.socket != nil { return socketFact(file, checkpoint) ?? .none }
        let report = FileReport(file: file, checkpoint: checkpoint)
        guard case .record(let record) = Forms.file.fact?(report, parts) ?? .none else { return .none }
        var members = record.members
        if hasPipe, case .pipe(let end) = file.detail {
            let pipe = checkpoint.pipe(of: end).map { PipeReport(pipe: $0, checkpoint: checkpoint) }
            let fact = pipe.flatMap { Forms.pipe.fact?($0, parts) } ?? .none
            members.append(FactMember(DifferenceMaker.pipe, fact))
        }
        return .record(FactRecord(record.kind, members))
    }

    private static let pipe = FactTraits("pipe_content")

    private func socketFact(_ file: OpenFile?, _ checkpoint: Checkpoint) -> Fact? {
        guard let file, let report = SocketReport(file, checkpoint) else { return nil }
        return Forms.socket.fact?(report, .all)
    }

    // MARK: How files are found

    private func fileSubject(_ pair: FilePair, _ owners: FileOwners) -> FileSubject {
        let checkpoint = pair.after == nil ? before : after
        guard let file = pair.after ?? pair.before else {
            return FileSubject(file: pair, process: nil, number: nil, label: "", otherCount: 0)
        }
        let holders = checkpoint.uses(of: file.reference).compactMap { use -> (ProcessPair, UInt32)? in
            guard case .descriptor(let pid, let number) = use else { return nil }
            return owners.pair(of: pid, isAfter: pair.after != nil).map { ($0, number) }
        }
        return FileSubject(
            file: pair, process: holders.first?.0, number: holders.first?.1, label: label(file, checkpoint),
            otherCount: max(holders.count - 1, 0))
    }

    private func label(_ file: OpenFile, _ checkpoint: Checkpoint) -> ByteText {
        guard let report = SocketReport(file, checkpoint) else { return file.target.value ?? "?" }
        return ByteText("\(report.socket.protocolName) \(report.localText) → \(report.peerText)")
    }
}

/// The pairs of processes by the ids on either side.
private struct FileOwners {
    private let before: [Int: ProcessPair]
    private let after: [Int: ProcessPair]

    init(_ pairs: [ProcessPair]) {
        before = Dictionary(
            pairs.compactMap { pair in pair.before.map { ($0.pid, pair) } }, uniquingKeysWith: { first, _ in first })
        after = Dictionary(
            pairs.compactMap { pair in pair.after.map { ($0.pid, pair) } }, uniquingKeysWith: { first, _ in first })
    }

    func pair(of pid: Int, isAfter: Bool) -> ProcessPair? { (isAfter ? after : before)[pid] }
}
