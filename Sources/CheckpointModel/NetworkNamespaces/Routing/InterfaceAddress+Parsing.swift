internal import EvidenceText

extension InterfaceAddress {
    /// The word before the messages of `ifaddr-ID.img`.
    static let magic: UInt32 = 0x4736_1222
    /// `RTM_NEWADDR`.
    static let messageType: UInt16 = 20

    /// Reads an `ifaddrmsg`; nil if it is too short or has no address.
    init?(parsing message: NetlinkMessage, _ origin: Origin) {
        let body = message.body
        guard let index = body.number(4, as: UInt32.self) else { return nil }
        let attributes = NetlinkAttributes(body, at: 8)
        func address(_ number: UInt16) -> IPAddress? { attributes[number].flatMap { IPAddress($0.bytes) } }
        // IPv6 has the address alone in IFA_ADDRESS, and on point-to-point links the peer there.
        let (given, local) = (address(1), address(2))
        guard !attributes.isDamaged, let own = local ?? given else { return nil }
        (deviceIndex, family, prefixLength) = (index, AddressFamily(rawValue: body[0]), body[1])
        self.local = own
        peer = given == own ? nil : given
        (broadcast, anycast, multicast) = (address(4), address(5), address(7))
        label = attributes.text(3)
        scope = RouteScope(rawValue: body[3])
        flags = attributes.word(8) ?? UInt32(body[2])
        lifetimes = InterfaceAddress.lifetimes(attributes[6])
        (metric, addedBy) = (attributes.word(9), attributes[11]?.bytes.first)
        others = attributes.others(than: [1, 2, 3, 4, 5, 6, 7, 8, 9, 11])
        self.origin = origin
    }

    private static func lifetimes(_ info: NetlinkBytes?) -> Known<(preferred: UInt32, valid: UInt32)> {
        guard let preferred = info?.number(0, as: UInt32.self), let valid = info?.number(4, as: UInt32.self) else {
            return .missing(Absence(.notRecorded, "the message has no lifetimes"))
        }
        return .value((preferred, valid))
    }
}
