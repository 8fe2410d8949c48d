/// What a file is open for: why the images list it.
public enum FileUse: Sendable, Hashable {
    /// A descriptor of a process.
    case descriptor(pid: Int, number: UInt32)
    /// A process runs it.
    case executable(pid: Int)
    /// It is the current directory of a process.
    case currentDirectory(pid: Int)
    /// It is the root directory of a process.
    case rootDirectory(pid: Int)
    /// It is mapped into the memory of a process.
    case mapping(pid: Int)
    /// It was sent through a Unix socket and not received yet; the id of the receiving socket's file.
    case inFlight(socket: UInt32)
    /// It has the path of a terminal, named pipe or tun file.
    case path(of: FileReference)
    /// It is the hard link that CRIU made to keep an unlinked file reachable.
    case linkRemap(of: UInt32)
    /// It stands for the peer of a socket, outside of the dump.
    case externalPeer(of: UInt32)
}
