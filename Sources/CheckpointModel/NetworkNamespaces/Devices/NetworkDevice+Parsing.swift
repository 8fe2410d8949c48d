internal import CRIUImages
internal import EvidenceText

extension NetworkDevice {
    /// - Parameter isBigEndian: Whether the words of addresses were written by a big-endian machine.
    init(_ entry: NetDeviceEntry, isBigEndian: Bool, _ origin: Origin) {
        (index, name, mtu) = (entry.ifindex, entry.name, entry.mtu)
        (kind, flags) = (Kind(rawValue: entry.type.rawValue), Flags(rawValue: entry.flags))
        (hardwareAddress, masterIndex) = (entry.address, entry.master == 0 ? nil : entry.master)
        peer = NetworkDevice.peer(entry)
        details = NetworkDevice.details(entry, isBigEndian)
        settings =
            KernelSetting.device4(ByteText("net.ipv4.conf").dot(name), entry.conf4, old: entry.conf, origin)
            + KernelSetting.list(ByteText("net.ipv6.conf").dot(name), SettingNames.ipv6, entry.conf6, origin)
        self.origin = origin
    }

    /// A device that has no other names itself.
    private static func peer(_ entry: NetDeviceEntry) -> Peer? {
        guard let index = entry.peerIfindex, index != 0 else { return nil }
        let couldBeItself = entry.type.rawValue != Kind.veth.rawValue || entry.peerNsid == nil
        if index == entry.ifindex, couldBeItself { return nil }
        return Peer(index: index, namespaceID: entry.peerNsid)
    }

    private static func details(_ entry: NetDeviceEntry, _ isBigEndian: Bool) -> Details {
        if let tun = entry.tun { return .tun(TunDetails(tun)) }
        if let macvlan = entry.macvlan {
            return .macvlan(MacvlanDetails(mode: macvlan.mode, flags: macvlan.flags ?? 0))
        }
        return entry.sit.map { .sit(SITDetails($0, isBigEndian)) } ?? .none
    }
}

extension TunDetails {
    init(_ entry: TunLinkEntry) {
        flags = entry.flags
        owner = entry.owner == -1 ? nil : UInt32(bitPattern: entry.owner)
        group = entry.group == -1 ? nil : UInt32(bitPattern: entry.group)
        (headerSize, sendBuffer) = (entry.vnethdr, entry.sndbuf)
    }
}

extension SITDetails {
    init(_ entry: SitEntry, _ isBigEndian: Bool) {
        func address(_ words: [UInt32]) -> IPAddress? { IPAddress(words: words, isBigEndian) }
        func prefix(_ words: [UInt32], _ length: UInt32?) -> IPPrefix? {
            length.flatMap { UInt8(exactly: $0) }.flatMap { length in
                address(words).map { IPPrefix(address: $0, length: length) }
            }
        }
        func port(_ number: UInt32?) -> UInt16 {
            let number = UInt16(truncatingIfNeeded: number ?? 0)
            return isBigEndian ? number : number.byteSwapped
        }
        deviceIndex = entry.link
        (local, remote) = (address(entry.local), address(entry.remote))
        (timeToLive, typeOfService) = (entry.ttl, entry.tos)
        (discoversPathMTU, innerProtocol, flags) = (entry.pmtudisc == true, entry.proto, entry.flags)
        encapsulation = entry.encapType.map {
            Encapsulation(
                type: $0, flags: entry.encapFlags ?? 0, sourcePort: port(entry.encapSport),
                destinationPort: port(entry.encapDport))
        }
        prefix6rd = prefix(entry.rdPrefix, entry.rdPrefixlen)
        relayPrefix6rd = prefix(entry.relayPrefix, entry.relayPrefixlen)
    }
}

extension IPAddress {
    /// Words whose bytes in the memory of the machine that was dumped are in network order.
    init?(words: [UInt32], _ isBigEndian: Bool) {
        self.init(
            words.flatMap { word in
                (0..<4).map { UInt8(truncatingIfNeeded: word >> UInt32((isBigEndian ? 3 - $0 : $0) * 8)) }
            })
    }
}
