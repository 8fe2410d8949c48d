import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The line that tells of a file that cannot be read any more, as C text that is never freed: a signal handler reads it.
private let lostFileLine = Atomic<UInt>(0)

/// Sets what signals do that stand for failures of input and output.
///
/// Writing to a closed pipe, or beyond the size that a file may have, becomes an error like others. A mapped file that was
/// shortened, or whose disk fails, ends the program with a line that says so.
func prepareSignals() {
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    let line = errorLine(
        "a file that was being read was shortened meanwhile, or its disk failed; what was printed is not all")
    lostFileLine.store(UInt(bitPattern: strdup(line)), ordering: .sequentiallyConsistent)
    signal(SIGBUS) { _ in
        // Nothing but what is safe in a signal handler: no memory, no locks.
        if let line = UnsafePointer<CChar>(bitPattern: lostFileLine.load(ordering: .sequentiallyConsistent)) {
            _ = write(STDERR_FILENO, line, strlen(line))
        }
        removeUnfinishedFile()
        _exit(2)
    }
}

/// Ends as programs do that have never heard of closed pipes: without a word, and with a status that says that not all was
/// told.
func endForBrokenPipe() -> Never {
    signal(SIGPIPE, SIG_DFL)
    raise(SIGPIPE)
    // The signal is blocked.
    exit(128 + SIGPIPE)
}

/// Sees that the standard streams are open, so that no file of the evidence or of the output takes their place. Reading or
/// writing what was closed stays an error.
func occupyStandardStreams() {
    for (stream, mode) in [(STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDONLY)] {
        if fcntl(stream, F_GETFD) < 0 { _ = open("/dev/null", mode) }
    }
}
