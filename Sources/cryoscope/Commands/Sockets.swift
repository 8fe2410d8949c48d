import ArgumentParser
import CheckpointModel
import CheckpointReport

/// `sockets`: the sockets of all processes.
struct Sockets: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the sockets, as ss -anp does.",
        discussion: """
            RECV-Q and SEND-Q are bytes that wait; of a listening socket, SEND-Q is how many connections may wait. The \
            number in brackets is the inode number of a Unix socket.
            """)

    @OptionGroup var options: CheckpointOptions

    @Flag(help: "Show queued data, options and connection of each socket.")
    var details = false

    func run() throws {
        try options.run(.sockets) { checkpoint, _, screen in
            SocketsText.write(
                checkpoint, pids: options.pids.isEmpty ? nil : Set(options.pids), showsDetails: details,
                to: screen.out, screen.style)
        }
    }
}
