public import CheckpointModel

/// An open file in two checkpoints, or in one of them.
public struct FilePair: Sendable, Hashable {
    /// The file in the first checkpoint; nil if it was opened.
    public let before: FileReference?
    /// The file in the second checkpoint; nil if it was closed.
    public let after: FileReference?

    /// Names a file.
    public init(before: FileReference?, after: FileReference?) {
        (self.before, self.after) = (before, after)
    }
}

/// Which open files of two checkpoints are the same.
public struct FileMatching: Sendable {
    /// The open files behind descriptors that both checkpoints have, and the sockets that both have, each pair once.
    public private(set) var common: [FilePair] = []
    /// The sockets that only one checkpoint has, those that are gone first.
    public private(set) var lostSockets: [FilePair] = []

    /// Whether the kernel's numbers of pipes and sockets mean the same in both checkpoints, which they do not after a
    /// restore or a boot: whether a descriptor leads to the same number on both sides, or none leads to any.
    ///
    /// - Parameters:
    ///   - before: The first checkpoint.
    ///   - after: The second one.
    ///   - processes: The processes that both have.
    public static func areInodesKept(
        _ before: Checkpoint, _ after: Checkpoint, _ processes: [(before: Process, after: Process)]
    ) -> Bool {
        func hasInodes(_ checkpoint: Checkpoint) -> Bool {
            checkpoint.files.contains { FileIdentity.inode($0) != nil }
        }
        guard hasInodes(before), hasInodes(after) else { return true }
        var hasAny = false
        for pair in processes {
            let (left, right) = (inodes(before, pair.before), inodes(after, pair.after))
            if left.contains(where: { right[$0.key] == $0.value }) { return true }
            hasAny = hasAny || left.keys.contains { right[$0] != nil }
        }
        return !hasAny
    }

    /// The inode numbers of pipes and sockets by the descriptors that lead to them.
    private static func inodes(_ checkpoint: Checkpoint, _ process: Process) -> [UInt32: UInt32] {
        var inodes: [UInt32: UInt32] = [:]
        for descriptor in checkpoint.descriptors(of: process).value ?? [] where inodes[descriptor.number] == nil {
            inodes[descriptor.number] = descriptor.file.value.flatMap(FileIdentity.inode)
        }
        return inodes
    }

    /// Matches files and sockets.
    ///
    /// - Parameters:
    ///   - before: The first checkpoint.
    ///   - after: The second checkpoint.
    ///   - found: The files that were found behind the same descriptors, in order.
    ///   - areInodesKept: Whether the kernel's numbers of pipes and sockets mean the same in both.
    /// - Complexity: Linear in the number of files.
    public init(_ before: Checkpoint, _ after: Checkpoint, _ found: [FilePair], areInodesKept: Bool) {
        var seen: Set<FilePair> = []
        common = found.filter { seen.insert($0).inserted }
        matchSockets(before, after, areInodesKept)
    }

    /// Finds the sockets that are behind other descriptors, in messages, or that have come or gone.
    private mutating func matchSockets(_ before: Checkpoint, _ after: Checkpoint, _ areInodesKept: Bool) {
        let old = Set(common.compactMap(\.before))
        let new = Set(common.compactMap(\.after))
        var rest: [SocketKey: [FileReference]] = [:]
        let others = after.sockets.filter { !new.contains($0.reference) }
        for file in others.reversed() { rest[SocketKey(file, areInodesKept), default: []].append(file.reference) }
        var found: Set<FileReference> = []
        for file in before.sockets where !old.contains(file.reference) {
            if let other = rest[SocketKey(file, areInodesKept)]?.popLast() {
                common.append(FilePair(before: file.reference, after: other))
                found.insert(other)
            } else {
                lostSockets.append(FilePair(before: file.reference, after: nil))
            }
        }
        lostSockets += others.filter { !found.contains($0.reference) }.map {
            FilePair(before: nil, after: $0.reference)
        }
    }
}

extension Checkpoint {
    fileprivate var sockets: [OpenFile] { files.filter { $0.socket != nil } }
}

/// What a socket is found by in another checkpoint.
private enum SocketKey: Hashable {
    case inode(UInt32)
    case addresses(family: UInt32, type: UInt32, SocketAddress, SocketAddress)
    case file(FileReference)

    init(_ file: OpenFile, _ areInodesKept: Bool) {
        guard let socket = file.socket else {
            self = .file(file.reference)
            return
        }
        if areInodesKept, let inode = socket.inode {
            self = .inode(inode)
        } else {
            self = .addresses(family: socket.family, type: socket.type, socket.local, socket.remote)
        }
    }
}
