public import CheckpointModel

/// A descriptor of a process in two checkpoints, or in one of them.
public struct DescriptorPair: Sendable {
    /// The descriptor in the first checkpoint; nil if it was opened.
    public let before: Descriptor?
    /// The descriptor in the second checkpoint; nil if it was closed.
    public let after: Descriptor?
    /// Whether both lead to the same open file, as far as can be told.
    public let isSameFile: Bool

    /// Its number.
    public var number: UInt32 { before?.number ?? after?.number ?? 0 }
}

/// An open file in two checkpoints, or in one of them.
public struct FilePair: Sendable {
    /// The file in the first checkpoint; nil if it was opened.
    public let before: OpenFile?
    /// The file in the second checkpoint; nil if it was closed.
    public let after: OpenFile?
}

/// Which descriptors and open files of two checkpoints are the same.
public struct FileMatching: Sendable {
    /// The descriptors of each pair of processes, by number; missing if one side has none.
    public let descriptors: [Known<[DescriptorPair]>]
    /// The open files behind descriptors that both checkpoints have, in the order of the descriptors, each pair once.
    public private(set) var files: [FilePair] = []
    /// The sockets that only one checkpoint has, those that are gone first.
    public private(set) var lostSockets: [FilePair] = []
    /// Whether the kernel's numbers of pipes and sockets mean the same in both checkpoints.
    public let areInodesKept: Bool

    /// Matches the descriptors of processes that are the same, and the files behind them.
    ///
    /// - Parameter processes: The processes that both checkpoints have.
    /// - Complexity: Linear in the number of descriptors and files.
    public init(_ before: Checkpoint, _ after: Checkpoint, _ processes: [(before: Process, after: Process)]) {
        let tables = processes.map { (before.descriptors(of: $0.before), after.descriptors(of: $0.after)) }
        let areInodesKept = FileMatching.areInodesKept(tables)
        self.areInodesKept = areInodesKept
        descriptors = tables.map { FileMatching.pairs($0, $1, areInodesKept) }
        collectFiles()
        matchSockets(before, after)
    }

    /// Whether a pipe or socket has one number on both sides, or none has any.
    private static func areInodesKept(_ tables: [(Known<[Descriptor]>, Known<[Descriptor]>)]) -> Bool {
        var hasAny = false
        for (before, after) in tables {
            guard let before = before.value, let after = after.value else { continue }
            let files = Dictionary(after.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
            for descriptor in before {
                guard let other = files[descriptor.number], let file = descriptor.file.value,
                    let otherFile = other.file.value, let (left, right) = FileIdentity.inodes(file, otherFile)
                else { continue }
                if left == right { return true }
                hasAny = true
            }
        }
        return !hasAny
    }

    private static func pairs(
        _ before: Known<[Descriptor]>, _ after: Known<[Descriptor]>, _ areInodesKept: Bool
    ) -> Known<[DescriptorPair]> {
        guard let old = before.value else { return .missing(before.absence ?? .init(.notRecorded, "")) }
        guard let new = after.value else { return .missing(after.absence ?? .init(.notRecorded, "")) }
        var rest = Dictionary(new.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
        var pairs = old.map { descriptor in
            let other = rest.removeValue(forKey: descriptor.number)
            let isSame = other.map { isSameFile(descriptor, $0, areInodesKept) } ?? false
            return DescriptorPair(before: descriptor, after: other, isSameFile: isSame)
        }
        pairs += rest.values.map { DescriptorPair(before: nil, after: $0, isSameFile: false) }
        return .value(pairs.sorted { $0.number < $1.number })
    }

    /// What is not in the images is not known to be another file.
    private static func isSameFile(_ before: Descriptor, _ after: Descriptor, _ areInodesKept: Bool) -> Bool {
        guard let left = before.file.value, let right = after.file.value else { return before.type == after.type }
        return FileIdentity.isSame(left, right, areInodesKept: areInodesKept)
    }

    private mutating func collectFiles() {
        var seen: Set<[FileReference]> = []
        for pair in descriptors.lazy.flatMap({ $0.value ?? [] }) where pair.isSameFile {
            guard let before = pair.before?.file.value, let after = pair.after?.file.value,
                seen.insert([before.reference, after.reference]).inserted
            else { continue }
            files.append(FilePair(before: before, after: after))
        }
    }

    // MARK: Sockets

    /// Finds the sockets that are behind other descriptors, in messages, or that have come or gone.
    private mutating func matchSockets(_ before: Checkpoint, _ after: Checkpoint) {
        let old = Set(files.compactMap(\.before?.reference))
        let new = Set(files.compactMap(\.after?.reference))
        var rest: [SocketKey: [OpenFile]] = [:]
        let others = after.files.filter { $0.socket != nil && !new.contains($0.reference) }
        for file in others.reversed() { rest[SocketKey(file, areInodesKept), default: []].append(file) }
        var found: Set<FileReference> = []
        for file in before.files where file.socket != nil && !old.contains(file.reference) {
            if let other = rest[SocketKey(file, areInodesKept)]?.popLast() {
                files.append(FilePair(before: file, after: other))
                found.insert(other.reference)
            } else {
                lostSockets.append(FilePair(before: file, after: nil))
            }
        }
        lostSockets += others.filter { !found.contains($0.reference) }.map { FilePair(before: nil, after: $0) }
    }
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
