public import CheckpointModel

/// Something with bytes that can be searched.
public enum MemoryPlace: Sendable {
    /// The memory of a process, by address.
    case process(Process)
    /// The pages of a process whose areas are not known, by address.
    case pages(pid: Int)
    /// Memory that processes share, by offset.
    case sharedMemory(SharedMemoryObject)
    /// A file or queue, by offset.
    case content(RecoverableContent)

    /// The process that memory is of; nil for what has offsets, not addresses.
    public var pid: Int? {
        switch self {
        case .process(let process): process.pid
        case .pages(let pid): pid
        case .sharedMemory, .content: nil
        }
    }

    /// An area of memory that shows a shared object or a deleted file.
    public struct Mapping: Sendable, Hashable {
        /// The process.
        public let pid: Int
        /// The address.
        public let address: UInt64
    }
}

extension RecoverableContent {
    /// The processes that have it open or mapped, ascending.
    public var pids: [Int] {
        Set(uses.compactMap(\.userID)).sorted()
    }
}

extension FileUse {
    /// The process that uses the file; nil if another file does.
    var userID: Int? {
        switch self {
        case .descriptor(let pid, _), .executable(let pid), .currentDirectory(let pid), .rootDirectory(let pid),
            .mapping(let pid):
            pid
        default: nil
        }
    }
}
