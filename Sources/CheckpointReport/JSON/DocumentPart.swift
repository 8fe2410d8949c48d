/// The parts of a document that a command can leave out.
public struct DocumentPart: OptionSet, Sendable {
    /// One bit for each part.
    public let rawValue: UInt32

    /// Wraps bits.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Program, command line and properties of processes.
    public static let processes = DocumentPart(rawValue: 1 << 0)
    /// Environments.
    public static let environment = DocumentPart(rawValue: 1 << 1)
    /// Memory areas, and objects that processes share.
    public static let memory = DocumentPart(rawValue: 1 << 2)
    /// Directories, descriptors and open files.
    public static let files = DocumentPart(rawValue: 1 << 3)
    /// Threads with their registers.
    public static let threads = DocumentPart(rawValue: 1 << 4)
    /// Signals and timers.
    public static let signals = DocumentPart(rawValue: 1 << 5)
    /// Sockets.
    public static let sockets = DocumentPart(rawValue: 1 << 6)
    /// Mount tables.
    public static let mounts = DocumentPart(rawValue: 1 << 7)
    /// Network devices, addresses, routes and packet filters.
    public static let network = DocumentPart(rawValue: 1 << 8)
    /// Namespaces.
    public static let namespaces = DocumentPart(rawValue: 1 << 9)
    /// System V IPC.
    public static let ipc = DocumentPart(rawValue: 1 << 10)
    /// Control groups.
    public static let cgroups = DocumentPart(rawValue: 1 << 11)
    /// What a container engine noted, changes of the root file system, logs.
    public static let container = DocumentPart(rawValue: 1 << 12)
    /// The files that were read, with their digests.
    public static let source = DocumentPart(rawValue: 1 << 13)
    /// The bytes that differ, of differences of pages.
    static let bytes = DocumentPart(rawValue: 1 << 14)
    /// All of it.
    public static let all = DocumentPart(rawValue: .max)
}
