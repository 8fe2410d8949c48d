extension TrackedConnection {
    /// `IPCTNL_MSG_CT_NEW` of the subsystem for connection tracking.
    static let messageType: UInt16 = 1 << 8

    /// Reads a message about a connection; nil if it is too short, damaged, or without the original flow.
    init?(parsing message: NetlinkMessage, _ origin: Origin) {
        let attributes = NetlinkAttributes(message.body, at: 4)
        guard !attributes.isDamaged, let first = attributes.nested(1), !first.isDamaged else { return nil }
        original = FlowTuple(parsing: first)
        reply = attributes.nested(2).map(FlowTuple.init)
        tcpState = attributes.nested(4)?.nested(1)?[1]?.bytes.first.map(TCPState.init)
        status = attributes[3]?.network(as: UInt32.self) ?? 0
        timeoutSeconds = attributes[7]?.network(as: UInt32.self)
        mark = attributes[8]?.network(as: UInt32.self)
        originalCount = Count(attributes.nested(9))
        replyCount = Count(attributes.nested(10))
        helper = attributes.nested(5)?.text(1)
        zone = attributes[18]?.network(as: UInt16.self)
        others = attributes.others(than: [1, 2, 3, 4, 5, 7, 8, 9, 10, 18])
        self.origin = origin
    }
}

extension TrackedConnection.Count {
    /// Reads 64-bit counts, or the 32-bit ones of old kernels.
    init?(_ attributes: NetlinkAttributes?) {
        guard let attributes else { return nil }
        func count(_ wide: UInt16, _ narrow: UInt16) -> UInt64? {
            attributes[wide]?.network(as: UInt64.self) ?? attributes[narrow]?.network(as: UInt32.self).map(UInt64.init)
        }
        guard let packets = count(1, 3), let bytes = count(2, 4) else { return nil }
        (self.packets, self.bytes) = (packets, bytes)
    }
}
