/// The data that follows an entry's message, as ranges of the image's bytes.
public enum Payload: Sendable, Equatable {
    /// The kind of image has no payload, or this entry has none.
    case none
    /// Bytes of a pipe, a packet, a BPF map, a shared segment or a deleted file, and the filler behind them.
    case bytes(Range<Int>, padding: Range<Int>)
    /// The unread bytes of a TCP connection, and those not yet acknowledged by its peer.
    case tcpQueues(received: Range<Int>, sent: Range<Int>)
    /// 16-bit semaphore values in the image's byte order, and the filler behind them.
    case semaphores(Range<Int>, padding: Range<Int>)
    /// The messages of a System V queue.
    case messages([QueuedMessage])

    /// A message of a System V queue.
    public struct QueuedMessage: Sendable, Equatable {
        /// The type that its sender gave it.
        public let type: UInt64
        /// The `ipc_msg` that describes it.
        public let header: Range<Int>
        /// Its text.
        public let text: Range<Int>
        /// The filler behind the text. CRIU reuses one buffer, so this can be the end of an earlier, longer message.
        public let padding: Range<Int>
    }

    /// How many bytes of content there are, without filler; for messages with their descriptions, as CRIU's tool counts.
    public var contentCount: Int {
        switch self {
        case .none: 0
        case .bytes(let range, _), .semaphores(let range, _): range.count
        case .tcpQueues(let received, let sent): received.count + sent.count
        case .messages(let messages): messages.reduce(0) { $0 + $1.header.count + $1.text.count }
        }
    }
}
