public import CheckpointModel

/// A process of two checkpoints, or of one of them.
public struct ProcessPair: Sendable {
    /// The process in the first checkpoint; nil if it appeared.
    public let before: Process?
    /// The process in the second checkpoint; nil if it is gone.
    public let after: Process?
    /// Whether the other checkpoint has another process with the same id: the id was given out again, or the process ran
    /// another program.
    public let isIDReused: Bool
}

/// Which processes of two checkpoints are the same.
///
/// Processes with one id are the same if their address spaces begin alike, or if their parents and programs are the same;
/// the first process of a tree stays the same whatever it runs. Where the first process has another id, which is the case
/// with a copy that was restored elsewhere, its descendants are matched by program, address space, name and order.
public struct ProcessMatching: Sendable {
    /// The processes: those of the second checkpoint in the order of its tree, before each of them those that are gone.
    public let pairs: [ProcessPair]

    /// Matches all processes. Linear in their number, but for those with many siblings in a copy.
    public init(_ before: Checkpoint, _ after: Checkpoint) {
        let sides = [before, after].inParallel { checkpoint in
            // What all processes need is read once.
            _ = checkpoint.fileCount
            return (checkpoint.processes.value ?? []).inParallel { ProcessIdentity($0, in: checkpoint) }
        }
        var matcher = ProcessMatcher(sides[0], sides[1])
        matcher.match()
        pairs = matcher.pairs
    }

    /// Takes two processes for one, whatever they are.
    public init(_ before: Process, _ after: Process) {
        pairs = [ProcessPair(before: before, after: after, isIDReused: false)]
    }

    /// Keeps only processes with certain ids on either side.
    public init(_ matching: ProcessMatching, pids: Set<Int>) {
        pairs = matching.pairs.filter { pair in
            [pair.before, pair.after].contains { $0.map { pids.contains($0.pid) } ?? false }
        }
    }

    /// The processes that both checkpoints have.
    public var common: [(before: Process, after: Process)] {
        pairs.compactMap { pair in
            guard let before = pair.before, let after = pair.after else { return nil }
            return (before, after)
        }
    }

    /// The ids of processes and threads that are the same things.
    public var references: FactReferences {
        FactReferences(
            processes: common.flatMap { before, after in
                [(before.pid, after.pid)] + ThreadMatching(before, after).common.map { ($0.id, $1.id) }
            })
    }
}

/// Which threads of a process are the same.
public struct ThreadMatching: Sendable {
    /// The threads: those that both have or that are gone, in the order of the first process, then those that appeared.
    public let pairs: [(before: TaskThread?, after: TaskThread?)]

    /// Matches the leaders, and the other threads by id; by order, if the processes have different ids.
    public init(_ before: Process, _ after: Process) {
        let (old, new) = (before.threads, after.threads)
        guard before.pid == after.pid else {
            pairs = (0..<max(old.count, new.count)).map { place in
                (place < old.count ? old[place] : nil, place < new.count ? new[place] : nil)
            }
            return
        }
        pairs = KeyedPairs(old.map(\.id), new.map(\.id)).pairs.map { before, after in
            (before.map { old[$0] }, after.map { new[$0] })
        }
    }

    /// The threads that both have.
    var common: [(TaskThread, TaskThread)] {
        pairs.compactMap { before, after in
            guard let before, let after else { return nil }
            return (before, after)
        }
    }
}
