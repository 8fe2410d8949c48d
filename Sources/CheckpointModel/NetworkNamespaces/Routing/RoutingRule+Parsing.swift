extension RoutingRule {
    /// The word before the messages of `rule-ID.img`.
    static let magic: UInt32 = 0x7170_6986
    /// `RTM_NEWRULE`.
    static let messageType: UInt16 = 32

    /// Reads a `fib_rule_hdr`; nil if it is too short or damaged.
    init?(parsing message: NetlinkMessage, _ origin: Origin) {
        let body = message.body
        guard let flags = body.number(8, as: UInt32.self) else { return nil }
        let attributes = NetlinkAttributes(body, at: 12)
        guard !attributes.isDamaged else { return nil }
        let family = AddressFamily(rawValue: body[0])
        self.family = family
        destination = Route.prefix(attributes[1], length: body[1], family)
        source = Route.prefix(attributes[2], length: body[2], family)
        typeOfService = body[3]
        table = RouteTable(rawValue: attributes.word(15) ?? UInt32(body[4]))
        (action, self.flags, isInverted) = (Action(rawValue: body[7]), flags, flags & 2 != 0)
        priority = attributes.word(6) ?? 0
        (mark, markMask) = (attributes.word(10), attributes.word(16))
        (incomingDevice, outgoingDevice) = (attributes.text(3), attributes.text(17))
        users = Span(attributes[20], as: UInt32.self)
        transport = attributes[22]?.bytes.first
        (sourcePorts, destinationPorts) = (Span(attributes[23], as: UInt16.self), Span(attributes[24], as: UInt16.self))
        target = attributes.word(4)
        // All bits set stand for no limit.
        suppressedPrefixLength = attributes.word(14).flatMap { $0 == .max ? nil : $0 }
        usesDeviceDomain = attributes[19]?.bytes.first ?? 0 != 0
        madeBy = attributes[21]?.bytes.first.map(RouteProtocol.init)
        others = attributes.others(than: [1, 2, 3, 4, 6, 10, 14, 15, 16, 17, 19, 20, 21, 22, 23, 24])
        self.origin = origin
    }
}

extension RoutingRule.Span {
    /// Reads two numbers; nil if there are none.
    init?<Number: FixedWidthInteger & UnsignedInteger>(_ bytes: NetlinkBytes?, as type: Number.Type) {
        guard let first = bytes?.number(0, as: type), let last = bytes?.number(Number.bitWidth / 8, as: type) else {
            return nil
        }
        (self.first, self.last) = (UInt32(first), UInt32(last))
    }
}
