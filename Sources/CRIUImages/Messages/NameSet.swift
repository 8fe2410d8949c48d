/// A set of named values of the pretty form.
enum NameSet: Int, CaseIterable, Sendable {
    case genTaskState
    case skFamily
    case skType
    case skState
    case skProto

    /// The name of a value; nil if it has none.
    func name(of value: Int64) -> StaticString? {
        NameSet.tables[rawValue].first { $0.value == value }?.name
    }

    /// The value of a name; nil if the set has no such name.
    func value(named name: String) -> Int64? {
        NameSet.tables[rawValue].first { "\($0.name)" == name }?.value
    }

    private static let tables: [[(value: Int64, name: StaticString)]] = [
        // The states of CRIU's pid.h. Its own tool swaps the names of 3 and 6, and has none for 2 (dead).
        [(1, "Alive"), (3, "Stopped"), (6, "Zombie")],
        [(1, "UNIX"), (2, "INET"), (10, "INET6"), (16, "NETLINK"), (17, "PACKET")],
        [(1, "STREAM"), (2, "DGRAM"), (3, "RAW"), (5, "SEQPACKET"), (10, "PACKET")],
        [
            (1, "ESTABLISHED"), (2, "SYN_SENT"), (3, "SYN_RECV"), (4, "FIN_WAIT1"), (5, "FIN_WAIT2"),
            (6, "TIME_WAIT"), (7, "CLOSE"), (8, "CLOSE_WAIT"), (9, "LAST_ACK"), (10, "LISTEN"),
        ],
        [(0, "IP"), (6, "TCP"), (17, "UDP"), (136, "UDPLITE")],
    ]
}
