/// A namespace that the images know.
public struct Namespace: Sendable {
    /// What it is a namespace of.
    public let kind: NamespaceKind
    /// CRIU's number for it, unique among all kinds. Images do not have the kernel's inode number.
    public let id: UInt32
    /// How it stands to the others.
    public let standing: Standing
    /// The processes in it, in the order of the tree. Processes that have ended are in none.
    public let processes: [Int]
    /// The open descriptors that lead to it (`/proc/PID/ns/*`), which keep it alive without any process in it.
    public let handles: [NamespaceHandle]
    /// Where it was first found: the ids of a process, the list of files, or an image of its own.
    public let origin: Origin
    /// The number in the names of its images, which very old versions of CRIU took from the process.
    let imageNumber: UInt32

    /// How a namespace stands to the others of its kind.
    public enum Standing: String, Sendable {
        /// CRIU itself was in it, so that the dump has nothing of it: the host's, or that of an outer container.
        case host
        /// That of the first process of the tree.
        case root
        /// Made inside the dumped tree.
        case nested
    }
}

/// A descriptor that leads to a namespace.
public struct NamespaceHandle: Sendable, Equatable {
    /// The process that has it.
    public let pid: Int
    /// The number of the descriptor.
    public let descriptor: UInt32
}

extension Namespace {
    /// Why there are no images of it, if CRIU was in it.
    var hostAbsence: Absence? {
        guard standing == .host else { return nil }
        return Absence(.notRecorded, "the \(kind.title) namespace was not dumped: it is shared with the host")
    }

    /// The name of an image of the namespace.
    ///
    /// - Parameter prefix: What stands before the number.
    func imageName(_ prefix: String) -> String { "\(prefix)\(imageNumber).img" }
}
