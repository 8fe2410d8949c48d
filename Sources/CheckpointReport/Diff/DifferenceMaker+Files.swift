import CheckpointAnalysis
import CheckpointModel
import EvidenceText

extension DifferenceMaker {
    // MARK: Descriptors

    /// Descriptors that were opened, closed, or lead elsewhere, and the files that both sides have under one descriptor.
    func descriptorDifferences(
        _ pair: ProcessPair, _ old: ProcessReport, _ new: ProcessReport
    ) -> ([Difference], [FoundFile]) {
        guard !options.topics.isDisjoint(with: [.files, .sockets]) else { return ([], []) }
        let matching = DescriptorMatching(
            old.descriptors, new.descriptors, areInodesKept: areInodesKept)
        if let (side, absence) = matching.missing {
            let change = FactChange(.unknown(side, absence), nil, nil, path: [.member("descriptors")])
            return ([Difference(.files, .process(pair), change)], [])
        }
        let files = matching.pairs.lazy.filter(\.isSameFile).map {
            FoundFile(
                file: FilePair(before: $0.before?.reference, after: $0.after?.reference),
                holder: FileHolder(process: pair, number: $0.number))
        }
        return (matching.pairs.flatMap { differences(of: $0, pair) }, Array(files))
    }

    private func differences(of descriptor: DescriptorPair, _ pair: ProcessPair) -> [Difference] {
        let subject = DifferenceSubject.descriptor(pair, number: descriptor.number)
        guard descriptor.isSameFile else {
            let (old, new) = (fact(descriptor.before, before), fact(descriptor.after, after))
            let kind: FactChange.Kind = old == nil ? .appeared : new == nil ? .gone : .changed
            let path = descriptor.isOnOneSide ? [] : [FactStep.member("file")]
            return [Difference(.files, subject, FactChange(kind, old, new, path: path))]
        }
        if !options.keepsUnchanged, descriptor.hasSameFlags { return [] }
        let changes = compare(descriptorFlags(descriptor.before), descriptorFlags(descriptor.after))
        return changes.map { Difference(.files, subject, $0) }
    }

    /// What a descriptor is, in short.
    private func fact(_ descriptor: Descriptor?, _ checkpoint: Checkpoint) -> Fact? {
        descriptor.flatMap { Forms.descriptorSummary.fact?(DescriptorSummary($0, checkpoint), parts) }
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
    ///
    /// - Parameter found: The files that both sides have under the same descriptors, in order.
    func fileDifferences(_ found: [FoundFile]) -> [ProcessPair.Key?: [Difference]] {
        guard !options.topics.isDisjoint(with: [.files, .sockets]), !before.isPreDump, !after.isPreDump else {
            return [:]
        }
        let files = FileMatching(before, after, found.map(\.file), areInodesKept: areInodesKept)
        let owners = FileOwners(matching.pairs)
        var result: [ProcessPair.Key?: [Difference]] = [:]
        let allChanges = inChunks(files.common, 256) { changes(of: $0) }
        let changed = Set(zip(files.common, allChanges).lazy.filter { !$0.1.isEmpty }.map(\.0))
        let known = Dictionary(grouping: found.lazy.filter { changed.contains($0.file) }, by: \.file)
        var pipes: Set<UInt32> = []
        for (pair, changes) in zip(files.common, allChanges) where !changes.isEmpty {
            let subject = fileSubject(pair, known[pair]?.map(\.holder) ?? holders(pair, owners))
            let cause: Difference.Cause? = FactChange.areWindowProbes(changes) ? .windowProbe : nil
            // Both ends of a pipe tell of what is in it.
            let isFirst = subject.pipeID.map { pipes.insert($0).inserted } ?? true
            result[subject.process?.key, default: []] += changes.filter { isFirst || !$0.isOfPipe }.map {
                Difference(subject.isSocket ? .sockets : .files, .file(subject), $0, cause: cause)
            }
        }
        for pair in lostSockets(files) {
            let subject = fileSubject(pair, holders(pair, owners))
            let (old, new) = (socketFact(pair.before, before), socketFact(pair.after, after))
            let change = FactChange(old == nil ? .appeared : .gone, old, new, path: [.member("socket")])
            result[subject.process?.key, default: []].append(Difference(.sockets, .file(subject), change))
        }
        return result
    }

    /// What a function makes of each element, in order, many of them at a time on each processor.
    private func inChunks<Element: Sendable, Result: Sendable>(
        _ elements: [Element], _ size: Int, _ body: @Sendable (Element) -> Result
    ) -> [Result] {
        stride(from: 0, to: elements.count, by: size).map { elements[$0..<min($0 + size, elements.count)] }
            .inParallel { $0.map(body) }.flatMap { $0 }
    }

    /// The sockets that only one checkpoint has. Where only some processes are compared, those of others are left out.
    private func lostSockets(_ files: FileMatching) -> [FilePair] {
        guard !options.pids.isEmpty || options.processes != nil else { return files.lostSockets }
        let old = Set(matching.pairs.compactMap(\.before?.pid))
        let new = Set(matching.pairs.compactMap(\.after?.pid))
        return files.lostSockets.filter { pair in
            pair.before.map { uses($0, before, old) } ?? false || pair.after.map { uses($0, after, new) } ?? false
        }
    }

    private func uses(_ file: FileReference, _ checkpoint: Checkpoint, _ pids: Set<Int>) -> Bool {
        checkpoint.uses(of: file).contains { $0.pid.map(pids.contains) == true }
    }

    private func changes(of pair: FilePair) -> [FactChange] {
        guard let old = pair.before.flatMap({ before.file($0).value }),
            let new = pair.after.flatMap({ after.file($0).value })
        else { return [] }
        if !options.keepsUnchanged, FileIdentity.isPlainlySame(old, new) { return [] }
        return compare(fileFact(old, before), fileFact(new, after))
    }

    private func fileFact(_ file: OpenFile, _ checkpoint: Checkpoint) -> Fact {
        if file.socket != nil { return socketFact(file.reference, checkpoint) ?? .none }
        let report = FileReport(file: file, checkpoint: checkpoint)
        guard case .record(let record) = Forms.file.fact?(report, parts) ?? .none else { return .none }
        var members = record.members
        if case .pipe(let end) = file.detail {
            let pipe = checkpoint.pipe(of: end).map { PipeReport(pipe: $0, checkpoint: checkpoint) }
            let fact = pipe.flatMap { Forms.pipe.fact?($0, parts) } ?? .none
            members.append(FactMember(DifferenceMaker.pipe, fact))
        }
        return .record(FactRecord(record.kind, members))
    }

    private static let pipe = FactTraits("pipe_content")

    private func socketFact(_ file: FileReference?, _ checkpoint: Checkpoint) -> Fact? {
        guard let file = file.flatMap({ checkpoint.file($0).value }), let report = SocketReport(file, checkpoint) else {
            return nil
        }
        return Forms.socket.fact?(report, .all)
    }

    // MARK: How files are found

    private func fileSubject(_ pair: FilePair, _ holders: [FileHolder]) -> FileSubject {
        let checkpoint = pair.after == nil ? before : after
        guard let file = (pair.after ?? pair.before).flatMap({ checkpoint.file($0).value }) else {
            return FileSubject(file: pair, process: nil, number: nil, label: "?", otherCount: 0, isSocket: false)
        }
        return FileSubject(
            file: pair, process: holders.first?.process, number: holders.first?.number, label: label(file, checkpoint),
            otherCount: max(holders.count - 1, 0), isSocket: file.socket != nil, pipeID: file.pipeID)
    }

    /// The descriptors that lead to a file on both sides, or, if there are none, on the one that has any.
    private func holders(_ pair: FilePair, _ owners: FileOwners) -> [FileHolder] {
        let old = pair.before.map { owners.holders(before.uses(of: $0), isAfter: false) } ?? []
        let new = pair.after.map { owners.holders(after.uses(of: $0), isAfter: true) } ?? []
        let keys = Set(old.map(\.key))
        let common = new.filter { keys.contains($0.key) }
        return common.isEmpty ? (new.isEmpty ? old : new) : common
    }

    private func label(_ file: OpenFile, _ checkpoint: Checkpoint) -> ByteText {
        guard let report = SocketReport(file, checkpoint) else { return file.target.value ?? "?" }
        return ByteText("\(report.socket.protocolName) \(report.localText) ↔ \(report.peerText)")
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

    /// The descriptors among the uses of a file, as far as their processes are compared.
    func holders(_ uses: [FileUse], isAfter: Bool) -> [FileHolder] {
        uses.compactMap { use in
            guard case .descriptor(let pid, let number) = use else { return nil }
            return (isAfter ? after : before)[pid].map { FileHolder(process: $0, number: number) }
        }
    }
}

extension OpenFile {
    /// The number of the pipe that it is an end of; nil for other files.
    fileprivate var pipeID: UInt32? {
        guard case .pipe(let end) = detail else { return nil }
        return end.pipeID
    }
}

extension FactChange {
    /// Whether it tells of what is in a pipe.
    fileprivate var isOfPipe: Bool {
        guard case .member(let name) = path.first else { return false }
        return name == "pipe_content"
    }
}

extension DescriptorPair {
    /// Whether only one side has it.
    fileprivate var isOnOneSide: Bool { before == nil || after == nil }

    /// Whether what belongs to the descriptor itself is the same.
    fileprivate var hasSameFlags: Bool {
        before?.isClosedOnExec == after?.isClosedOnExec && before?.securityLabel == after?.securityLabel
    }
}
