internal import CRIUImages

/// The state of a TCP connection, with its queues.
public struct TCPStream: Sendable {
    /// The bytes that waited to be read.
    public let received: Content
    /// The bytes that the peer had not acknowledged, the unsent ones included.
    public let sent: Content
    /// How many bytes at the end of the send queue were not sent yet; nil if it is not recorded.
    public let unsentCount: UInt32?
    /// The sequence number expected next from the peer.
    public let receiveSequence: UInt32
    /// The sequence number just past the last byte that the program wrote.
    public let sendSequence: UInt32
    /// The largest segment in bytes.
    public let maximumSegment: UInt32
    /// The options agreed upon (`TCPI_OPT_*`).
    public let options: UInt32
    /// The window scale of the peer, as a shift.
    public let sendScale: UInt32
    /// The window scale announced to the peer, as a shift; nil without scaling.
    public let receiveScale: UInt32?
    /// The timestamp clock of the connection; nil without timestamps.
    public let timestamp: UInt32?
    /// The windows; nil if the kernel did not tell.
    public let window: Window?
    /// Where it was read.
    public let origin: Origin

    /// The windows of a connection.
    public struct Window: Sendable, Hashable {
        /// The sequence number of the segment that last changed the send window.
        public let sendUpdate: UInt32
        /// The send window in bytes, as the peer announced it.
        public let send: UInt32
        /// The largest window in bytes that the peer ever announced.
        public let maximum: UInt32
        /// The receive window in bytes, as announced to the peer.
        public let receive: UInt32
        /// The sequence number expected next when the receive window was last announced.
        public let receiveUpdate: UInt32
    }

    /// The names of the options agreed upon, unknown bits last in hexadecimal.
    public var optionNames: [String] { TCPStream.names.names(options) }

    private static let names = BitNames([
        (1, "timestamps"), (2, "sack"), (4, "wscale"), (8, "ecn"), (16, "ecn-seen"), (32, "syn-data"),
    ])
}

extension TCPStream {
    /// Reads the image of a socket's connection.
    static func load(inode: UInt32, _ library: ImageLibrary) -> Known<TCPStream> {
        let name = "tcp-stream-" + String(inode, radix: 16) + ".img"
        library.noteIfAbsent(name)
        guard library.has(name) else { return .missing(Absence(.noImage, "\(name) is not there")) }
        let (entries, damage) = library.entries(name, TcpStreamEntry.self)
        guard let first = entries.first, case .tcpQueues(let received, let sent) = first.payload else {
            return .missing(damage ?? Absence(.notRecorded, "\(name) has no entry"))
        }
        return .value(TCPStream(first.record, first.bytes[received], first.bytes[sent], first.origin))
    }

    private init(_ entry: TcpStreamEntry, _ received: ImageBytes, _ sent: ImageBytes, _ origin: Origin) {
        self.init(
            received: Content(received), sent: Content(sent), unsentCount: entry.unsqLen,
            receiveSequence: entry.inqSeq, sendSequence: entry.outqSeq, maximumSegment: entry.mssClamp,
            options: entry.optMask, sendScale: entry.sndWscale, receiveScale: entry.rcvWscale,
            timestamp: entry.timestamp, window: Window(entry), origin: origin)
    }
}

extension TCPStream.Window {
    fileprivate init?(_ entry: TcpStreamEntry) {
        guard let sendUpdate = entry.sndWl1, let send = entry.sndWnd, let maximum = entry.maxWindow,
            let receive = entry.rcvWnd, let receiveUpdate = entry.rcvWup
        else { return nil }
        self.init(
            sendUpdate: sendUpdate, send: send, maximum: maximum, receive: receive, receiveUpdate: receiveUpdate)
    }
}
