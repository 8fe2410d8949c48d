public import EvidenceText

/// A connection that the packet filter expected, since a helper saw it announced, as `conntrack -L expect` has it.
public struct ExpectedConnection: Sendable {
    /// The flow that it expects.
    public let flow: FlowTuple
    /// Which parts of the flow count.
    public let mask: FlowTuple?
    /// The connection by which it was announced.
    public let master: FlowTuple?
    /// In how many seconds it is forgotten; nil if it was not told.
    public let timeoutSeconds: UInt32?
    /// The name of the helper; nil if it was not told.
    public let helper: ByteText?
    /// The zone; nil for the usual one.
    public let zone: UInt16?
    /// The bits of `NF_CT_EXPECT_*`: 1 permanent, 2 inactive, 4 by a program.
    public let flags: UInt32
    /// Attributes without a name here.
    public let others: [NetlinkAttribute]
    /// Where it was read.
    public let origin: Origin
}

extension ExpectedConnection {
    /// `IPCTNL_MSG_EXP_NEW` of the subsystem for expectations.
    static let messageType: UInt16 = 2 << 8

    /// Reads a message about an expectation; nil if it is too short, damaged, or without a flow.
    init?(parsing message: NetlinkMessage, _ origin: Origin) {
        let attributes = NetlinkAttributes(message.body, at: 4)
        guard !attributes.isDamaged, let flow = attributes.nested(2), !flow.isDamaged else { return nil }
        self.flow = FlowTuple(parsing: flow)
        (mask, master) = (attributes.nested(3).map(FlowTuple.init), attributes.nested(1).map(FlowTuple.init))
        timeoutSeconds = attributes[4]?.network(as: UInt32.self)
        helper = attributes.text(6)
        zone = attributes[7]?.network(as: UInt16.self)
        flags = attributes[8]?.network(as: UInt32.self) ?? 0
        others = attributes.others(than: [1, 2, 3, 4, 6, 7, 8])
        self.origin = origin
    }
}
