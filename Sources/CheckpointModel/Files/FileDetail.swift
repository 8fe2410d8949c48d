/// What is particular to the sort of an open file.
public indirect enum FileDetail: Sendable {
    /// Opened by path.
    case path(PathFile)
    /// An end of a pipe, unnamed or named.
    case pipe(PipeEnd)
    /// A terminal.
    case terminal(TerminalFile)
    /// A socket of any family.
    case socket(Socket)
    /// An event counter.
    case eventfd(EventCounter)
    /// An epoll instance.
    case epoll(EventPoll)
    /// A descriptor that signals are read from.
    case signalfd(SignalQueueFile)
    /// A timer.
    case timerfd(TimerFile)
    /// An inotify instance.
    case inotify(InotifyInstance)
    /// A fanotify group.
    case fanotify(FanotifyGroup)
    /// A descriptor that stands for a process.
    case pidfd(ProcessHandle)
    /// Memory with a descriptor but no path.
    case memfd(MemoryFile)
    /// A BPF map.
    case bpfMap(BPFMap)
    /// A descriptor of a namespace.
    case namespace(NamespaceFile)
    /// The file behind a tun or tap device.
    case tun(TunFile)
    /// A file that a plugin of CRIU dumped, of which only the plugin's own images tell more.
    case external
    /// A file of a type that this version does not know, or whose entry lacks the part that goes with the type.
    case unknown
}
