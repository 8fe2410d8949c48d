import CheckpointModel
import EvidenceText

extension IPAddress {
    /// The address as text.
    var text: String { ipText(bytes) }
}

extension IPPrefix {
    /// Whether it is a single address.
    var isSingle: Bool { Int(length) == address.bytes.count * 8 }

    /// The prefix as `ip` has it: without a length for a single address.
    var text: String { isSingle ? address.text : "\(address.text)/\(length)" }
}

extension RouteScope {
    /// The name, or the number.
    var text: String { name ?? String(rawValue) }
}

extension RouteTable {
    /// The name, or the number.
    var text: String { name ?? String(rawValue) }
}

/// A hardware address as text: `02:00:00:00:00:10`.
func hardwareText(_ bytes: [UInt8]) -> String {
    bytes.map { padded(UInt64($0), 2) }.joined(separator: ":")
}

extension InterfaceAddress {
    /// The address and its prefix, as `ip addr` has it.
    var text: String { peer.map { "\(local.text) peer \($0.text)/\(prefixLength)" } ?? "\(local.text)/\(prefixLength)" }

    /// What else there is to say of it.
    var detailWords: [String] {
        let lifetime = lifetimes.value.flatMap { times in
            times.valid == .max ? nil : "valid \(times.valid) s, preferred \(times.preferred) s"
        }
        let words: [String?] =
            [
                broadcast.map { "brd \($0.text)" }, anycast.map { "any \($0.text)" },
                multicast.map { "mcast \($0.text)" },
            ]
            + flagNames.filter { $0 != "permanent" } + [
                label.map { "label \($0.forTerminal)" }, lifetime, metric.map { "metric \($0)" },
            ] + others.map(\.text)
        return words.compactMap { $0 }
    }
}

extension NetlinkAttribute {
    /// An attribute without a name.
    var text: String { "attribute \(number)=0x\(hexadecimalText(bytes))" }
}

extension NetworkDevice {
    /// What else there is to say of it.
    func detailWords(_ names: DeviceNames) -> [String] {
        let above = masterIndex.map { "part of \(names.name($0))" }
        let other = peer.map { (kind == .veth ? "peer " : "on ") + names.text($0) }
        return [other, above].compactMap { $0 } + kindWords(names)
    }

    private func kindWords(_ names: DeviceNames) -> [String] {
        switch details {
        case .none: []
        case .tun(let tun):
            tun.flagNames + [tun.owner.map { "user \($0)" }, tun.group.map { "group \($0)" }].compactMap { $0 }
        case .macvlan(let macvlan):
            ["mode \(macvlan.modeName ?? String(macvlan.mode))"]
                + (macvlan.flags == 0 ? [] : ["flags \(macvlan.flags)"])
        case .sit(let sit):
            [
                "remote \(sit.remote?.text ?? "any")", "local \(sit.local?.text ?? "any")",
                sit.deviceIndex.flatMap { $0 == 0 ? nil : "dev \(names.name($0))" }, sit.timeToLive.map { "ttl \($0)" },
                sit.prefix6rd.map { "6rd-prefix \($0.text)" },
            ].compactMap { $0 }
        }
    }
}

extension FlowTuple {
    /// As `conntrack` has it: `src=10.0.0.1 dst=10.0.0.2 sport=1 dport=2`.
    var text: String {
        let words: [String?] = [
            source.map { "src=\($0.text)" }, destination.map { "dst=\($0.text)" }, sourcePort.map { "sport=\($0)" },
            destinationPort.map { "dport=\($0)" }, icmp.map { "type=\($0.type) code=\($0.code) id=\($0.id)" },
        ]
        return words.compactMap { $0 }.joined(separator: " ")
    }
}

/// The name of a transport protocol, or its number.
func transportText(_ number: UInt8?) -> String {
    let names: [UInt8: String] = [
        1: "icmp", 2: "igmp", 6: "tcp", 17: "udp", 33: "dccp", 47: "gre", 58: "icmpv6", 132: "sctp", 136: "udplite",
    ]
    return number.map { names[$0] ?? "proto \($0)" } ?? "?"
}

extension TrackedConnection {
    /// As `conntrack -L` has it.
    var line: String {
        func count(_ count: Count?) -> String { count.map { " packets=\($0.packets) bytes=\($0.bytes)" } ?? "" }
        let state = tcpState.map { " " + ($0.name ?? "state \($0.rawValue)") } ?? ""
        let timeout = timeoutSeconds.map { " \($0)" } ?? ""
        let more: [String?] = [
            mark.flatMap { $0 == 0 ? nil : "mark=\($0)" }, zone.map { "zone=\($0)" },
            helper.map { "helper=\($0.forTerminal)" },
        ]
        return transportText(original.transport) + timeout + state + " " + original.text + count(originalCount)
            + " | " + (reply.map(\.text) ?? "no reply known") + count(replyCount) + " ["
            + statusNames.joined(separator: ",") + "]" + more.compactMap { $0 }.map { " " + $0 }.joined()
    }
}

extension ExpectedConnection {
    /// As `conntrack -L expect` has it.
    var line: String {
        transportText(flow.transport) + (timeoutSeconds.map { " \($0)" } ?? "") + " " + flow.text
            + (master.map { " of " + $0.text } ?? "") + (helper.map { " helper=\($0.forTerminal)" } ?? "")
    }
}

extension ContainerNetwork {
    /// What the engine set up, in a line.
    var line: String {
        let name = interface.value?.forTerminal ?? "an interface"
        let places = addresses.map { address in
            address.address.forTerminal + (address.gateway.value.map { " by way of " + $0.forTerminal } ?? "")
        }
        let mac = hardwareAddress.value.map { ", hardware address " + $0.forTerminal } ?? ""
        let network = self.name.value.map { " in network " + $0.forTerminal } ?? ""
        return name + " with " + (places.isEmpty ? "no address" : places.joined(separator: ", ")) + mac + network
    }
}
