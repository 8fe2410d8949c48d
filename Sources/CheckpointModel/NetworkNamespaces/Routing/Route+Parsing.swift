internal import EvidenceText

extension Route {
    /// The word before the messages of `route-ID.img` and `route6-ID.img`.
    static let magic: UInt32 = 0x4531_1224
    /// `RTM_NEWROUTE`.
    static let messageType: UInt16 = 24

    /// Reads an `rtmsg`; nil if it is too short or damaged.
    init?(parsing message: NetlinkMessage, _ origin: Origin) {
        let body = message.body
        guard let flags = body.number(8, as: UInt32.self) else { return nil }
        let attributes = NetlinkAttributes(body, at: 12)
        guard !attributes.isDamaged, let hops = Route.hops(attributes, flags) else { return nil }
        let family = AddressFamily(rawValue: body[0])
        self.family = family
        destination = Route.prefix(attributes[1], length: body[1], family)
        source = Route.prefix(attributes[2], length: body[2], family)
        typeOfService = body[3]
        table = RouteTable(rawValue: attributes.word(15) ?? UInt32(body[4]))
        (madeBy, scope) = (RouteProtocol(rawValue: body[5]), RouteScope(rawValue: body[6]))
        (kind, self.flags, self.hops) = (RouteKind(rawValue: body[7]), flags, hops)
        preferredSource = attributes[7].flatMap { IPAddress($0.bytes) }
        (metric, preference) = (attributes.word(6), attributes[20]?.bytes.first)
        incomingDeviceIndex = attributes.word(3)
        metrics = attributes.nested(8)?.others(than: []) ?? []
        expiresSeconds = attributes.word(23)
        nextHopObject = attributes.word(30)
        // The cache information (12) is of the moment, and CRIU does not restore it.
        others = attributes.others(than: [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 15, 18, 20, 23, 30])
        self.origin = origin
    }

    /// A prefix; all addresses, which is no limit, if it has no bits and no address.
    static func prefix(_ address: NetlinkBytes?, length: UInt8, _ family: AddressFamily) -> IPPrefix? {
        if let address = address.flatMap({ IPAddress($0.bytes) }) { return IPPrefix(address: address, length: length) }
        guard length > 0, let any = IPAddress.any(family) else { return nil }
        return IPPrefix(address: any, length: length)
    }

    /// The ways on; nil if the list of several is damaged.
    private static func hops(_ attributes: NetlinkAttributes, _ flags: UInt32) -> [Hop]? {
        if let several = attributes[9] { return severalHops(several) }
        let (device, gateway) = (attributes.word(4), gateway(attributes))
        guard device != nil || gateway != nil else { return [] }
        return [Hop(gateway: gateway, deviceIndex: device, weight: 1, flags: UInt8(truncatingIfNeeded: flags))]
    }

    /// A router of the same family, or behind a word for the family one of another.
    private static func gateway(_ attributes: NetlinkAttributes) -> IPAddress? {
        attributes[5].flatMap { IPAddress($0.bytes) } ?? attributes[18].flatMap { IPAddress($0.from(2).bytes) }
    }

    private static func severalHops(_ list: NetlinkBytes) -> [Hop]? {
        var hops: [Hop] = []
        var place = 0
        while place < list.count {
            guard let length = list.number(place, as: UInt16.self).map(Int.init), length >= 8,
                length <= list.count - place, let device = list.number(place + 4, as: UInt32.self)
            else { return nil }
            let part = NetlinkBytes(bytes: Array(list.bytes[place..<(place + length)]), order: list.order)
            let attributes = NetlinkAttributes(part, at: 8)
            hops.append(
                Hop(
                    gateway: gateway(attributes), deviceIndex: device, weight: Int(part[3]) + 1, flags: part[2]))
            place += (length + 3) & ~3
        }
        return hops
    }
}
