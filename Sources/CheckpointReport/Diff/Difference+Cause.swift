import CheckpointAnalysis

extension FactChange {
    /// Whether nothing of a TCP connection changed but its windows, though nobody sent anything.
    ///
    /// When CRIU lets go of a connection, it leaves the repair mode of the socket, upon which the kernel probes the window of
    /// the peer (`tcp_send_window_probe` in net/ipv4/tcp.c), whose answer changes what is noted of the windows.
    static func areWindowProbes(_ changes: [FactChange]) -> Bool {
        !changes.isEmpty
            && changes.allSatisfy { change in
                guard change.path.count == 3, case .member("stream") = change.path[0],
                    case .member("window") = change.path[1]
                else { return false }
                return true
            }
    }
}
