public import CheckpointAnalysis
public import EvidenceText

/// What has a difference.
public enum DifferenceSubject: Sendable {
    /// The checkpoint as a whole.
    case checkpoint
    /// A process.
    case process(ProcessPair)
    /// A thread, by its ids before and after.
    case thread(ProcessPair, before: Int?, after: Int?)
    /// A descriptor.
    case descriptor(ProcessPair, number: UInt32)
    /// An open file, by the first descriptor that leads to it.
    case file(FileSubject)
    /// A memory area.
    case area(AreaSubject)
    /// Pages of memory.
    case pages(PageSubject)
    /// Memory that processes share, or a deleted file that they map.
    case sharedObject(SharedDifference.Subject)
    /// The memory of a process as a whole.
    case memory(MemoryOwner)
    /// An entry of an image, or the image as a whole.
    case image(ImageSubject)
}

/// An open file, and how it is found.
public struct FileSubject: Sendable {
    /// The file.
    public let file: FilePair
    /// The first of the processes that are compared which has a descriptor of it; nil if none has.
    public let process: ProcessPair?
    /// That descriptor.
    public let number: UInt32?
    /// What a descriptor leads to, or, of a socket, its addresses.
    public let label: ByteText
    /// How many more descriptors lead to it.
    public let otherCount: Int
    /// Whether it is a socket.
    public let isSocket: Bool
    /// The number of the pipe that it is an end of; nil for other files.
    var pipeID: UInt32?
}

/// An entry of an image, or the image as a whole.
public struct ImageSubject: Sendable {
    /// Where the entry is before; nil if it is not there, or for the image as a whole.
    public let before: ImageEntryDifference.Place?
    /// Where the entry is after.
    public let after: ImageEntryDifference.Place?
    /// What tells the entry from others; nil if only its place does.
    public let label: EntryLabel?
}

extension DifferenceSubject {
    /// The process that has it; nil if it belongs to none.
    public var process: ProcessPair? {
        switch self {
        case .checkpoint, .image: nil
        case .process(let pair), .thread(let pair, _, _), .descriptor(let pair, _): pair
        case .file(let file): file.process
        case .area(let area): area.owner.process
        case .pages(let pages): pages.owner?.process
        case .memory(let owner): owner.process
        case .sharedObject: nil
        }
    }

    /// Whose memory it is, if it is memory of a process.
    public var memoryOwner: MemoryOwner? {
        switch self {
        case .area(let area): area.owner
        case .pages(let pages): pages.owner
        case .memory(let owner): owner
        default: nil
        }
    }
}
