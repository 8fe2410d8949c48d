public import EvidenceText

/// A connection that the packet filter kept track of, as `conntrack -L` has it.
public struct TrackedConnection: Sendable {
    /// The packets of the side that began.
    public let original: FlowTuple
    /// The packets that answer, which differ from the reverse of ``original`` where addresses were translated.
    public let reply: FlowTuple?
    /// The state of a TCP connection, by the number that the filter has for it; nil for other protocols.
    public let tcpState: TCPState?
    /// The bits of `IPS_*`.
    public let status: UInt32
    /// In how many seconds it is forgotten; nil if it was not told.
    public let timeoutSeconds: UInt32?
    /// The mark of the connection; nil if it was not told.
    public let mark: UInt32?
    /// What the original side sent; nil if packets were not counted.
    public let originalCount: Count?
    /// What the answering side sent; nil if packets were not counted.
    public let replyCount: Count?
    /// The name of the helper that follows the protocol; nil for none.
    public let helper: ByteText?
    /// The zone; nil for the usual one.
    public let zone: UInt16?
    /// Attributes without a name here.
    public let others: [NetlinkAttribute]
    /// Where it was read.
    public let origin: Origin

    /// How much was sent.
    public struct Count: Sendable, Equatable {
        /// Packets.
        public let packets: UInt64
        /// Bytes.
        public let bytes: UInt64
    }

    /// The state of a TCP connection in the view of the packet filter, which differs from that of sockets.
    public struct TCPState: RawRepresentable, Hashable, Sendable {
        /// The number in the image; values that no name is known for are kept.
        public let rawValue: UInt8

        /// Wraps a number, known or not.
        public init(rawValue: UInt8) { self.rawValue = rawValue }

        /// The name as `conntrack` has it; nil for a number without a name.
        public var name: String? {
            let names = [
                "NONE", "SYN_SENT", "SYN_RECV", "ESTABLISHED", "FIN_WAIT", "CLOSE_WAIT", "LAST_ACK", "TIME_WAIT",
                "CLOSE", "SYN_SENT2",
            ]
            return Int(rawValue) < names.count ? names[Int(rawValue)] : nil
        }
    }

    /// The names of the bits of the status, bits without a name last in hexadecimal.
    public var statusNames: [String] { TrackedConnection.statusBits.names(status) }

    private static let statusBits = BitNames([
        (0x1, "expected"), (0x2, "seen-reply"), (0x4, "assured"), (0x8, "confirmed"), (0x10, "src-nat"),
        (0x20, "dst-nat"), (0x40, "seq-adjust"), (0x80, "src-nat-done"), (0x100, "dst-nat-done"), (0x200, "dying"),
        (0x400, "fixed-timeout"), (0x800, "template"), (0x1000, "untracked"), (0x2000, "helper"), (0x4000, "offload"),
        (0x8000, "hw-offload"),
    ])
}
