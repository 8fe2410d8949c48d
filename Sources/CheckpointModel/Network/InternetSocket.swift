public import EvidenceText

internal import CRIUImages

/// What is particular to a socket of IPv4 or IPv6. What is nil or false is off or zero, which CRIU does not write.
public struct InternetSocket: Sendable, Equatable {
    /// Whether an IPv6 socket refuses IPv4; nil for IPv4 sockets.
    public let isIPv6Only: Bool?
    /// The network device that a link-local IPv6 address belongs to; nil for other addresses.
    public let interface: ByteText?
    /// The time to live of the packets sent.
    public let timeToLive: UInt32?
    /// The type of service of the packets sent.
    public let typeOfService: UInt32?
    /// The names of the options of level IP that are on.
    public let options: [String]
    /// The filter of ICMP types, as words of `ICMP_FILTER` or `ICMPV6_FILTER`; empty for none.
    public let icmpFilter: [UInt32]
    /// The options of level TCP; nil for other protocols.
    public let tcp: TCPOptions?

    /// The options of level TCP.
    public struct TCPOptions: Sendable, Equatable {
        /// Whether partial segments are held back (`TCP_CORK`).
        public let isCorked: Bool
        /// Whether small segments are sent at once (`TCP_NODELAY`).
        public let hasNoDelay: Bool
        /// How many probes may go unanswered before the connection is dropped.
        public let keepaliveCount: UInt32?
        /// The idle time in seconds before the first probe.
        public let keepaliveIdle: UInt32?
        /// The time in seconds between probes.
        public let keepaliveInterval: UInt32?
    }
}

extension InternetSocket {
    init(_ entry: InetSkEntry) {
        let ip = entry.ipOpts
        let names: [(String, Bool?)] = [
            ("IP_FREEBIND", ip?.freebind), ("IP_PKTINFO", ip?.pktinfo), ("IP_HDRINCL", ip?.raw?.hdrincl),
            ("IP_NODEFRAG", ip?.raw?.nodefrag), ("IPV6_CHECKSUM", ip?.raw?.checksum),
        ]
        self.init(
            isIPv6Only: entry.v6only, interface: entry.ifname, timeToLive: ip?.ttl, typeOfService: ip?.tos,
            options: names.filter { $0.1 == true }.map(\.0), icmpFilter: ip?.raw?.icmpvFilter ?? [],
            tcp: entry.proto == 6 && entry.type == 1 ? TCPOptions(entry) : nil)
    }
}

extension InternetSocket.TCPOptions {
    /// Older images have the times of probes among the options of all sockets.
    fileprivate init(_ entry: InetSkEntry) {
        let (options, old) = (entry.tcpOpts, entry.opts)
        self.init(
            isCorked: options?.cork == true, hasNoDelay: options?.nodelay == true,
            keepaliveCount: options?.keepcnt ?? old.tcpKeepcnt, keepaliveIdle: options?.keepidle ?? old.tcpKeepidle,
            keepaliveInterval: options?.keepintvl ?? old.tcpKeepintvl)
    }
}
