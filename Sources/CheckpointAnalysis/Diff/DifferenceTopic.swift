/// What differences of checkpoints and images are about, in the order in which they are told.
public enum DifferenceTopic: String, Sendable, CaseIterable {
    /// The dump as a whole: times, versions, statistics.
    case checkpoint
    /// What a container engine noted, changes of the root file system, volumes, logs.
    case container
    /// Processes: their places in the tree, programs, properties, credentials.
    case processes
    /// Environments.
    case environment
    /// Threads with their registers.
    case threads
    /// Signals and timers.
    case signals
    /// Descriptors, open and deleted files, directories, locks.
    case files
    /// Sockets.
    case sockets
    /// Memory areas, pages, and objects that processes share.
    case memory
    /// Mount tables and the content of tmpfs.
    case mounts
    /// Network devices, addresses, routes and packet filters.
    case network
    /// Namespaces.
    case namespaces
    /// System V IPC.
    case ipc
    /// Control groups.
    case cgroups
    /// A single image, compared with another.
    case image

    /// What differences of checkpoints are about.
    public static let ofCheckpoints = allCases.filter { $0 != .image }
}
