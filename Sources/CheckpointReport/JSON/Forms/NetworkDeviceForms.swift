import CheckpointModel
import EvidenceText

extension Forms {
    /// A network device.
    static let networkDevice = Form<NetworkDevice>.object(
        "network_device", "A network device.",
        [
            .must("index", .integer, "The index in its namespace.") { $0.index },
            .must("name", .text, "The name.") { $0.name },
            .must("kind", .string, "What it is.") { $0.kind.name ?? "kind \($0.kind.rawValue)" },
            .must("mtu", .integer, "The largest packet in bytes.") { $0.mtu },
            .must("flags", .hexadecimal, "The flags.") { $0.flags.rawValue },
            .must("flag_names", .strings, "Their names.") { $0.flags.names },
            .optional("hardware_address", .string, "The hardware address.") { $0.hardwareAddress.map(hardwareText) },
            .optional("peer", devicePeer, "The other end of a pair, or the device below.") { $0.peer },
            .optional("master", .integer, "The index of the bridge or the like that it is part of.") { $0.masterIndex },
            .optional("tun", tun, "What is particular to tun and tap.") { $0.tun },
            .optional("macvlan", macvlan, "What is particular to macvlan.") { $0.macvlan },
            .optional("sit", sit, "What is particular to tunnels of IPv6 in IPv4.") { $0.sit },
            .must("settings", .list(kernelSetting), "The settings of the device.") { $0.settings },
            .must("origin", .origin, "Where it was read.") { $0.origin },
        ]
    ).matched(by: "name")

    private static let devicePeer = Form<NetworkDevice.Peer>.object(
        "device_peer", "Another network device.",
        [
            .must("index", .integer, "The index in its namespace.") { $0.index },
            .optional("namespace", .integer.aside, "CRIU's number for its namespace; left out if that was not dumped.")
            {
                $0.namespaceID
            },
        ])

    private static let tun = Form<TunDetails>.object(
        "tun", "What is particular to a tun or tap device.",
        [
            .must("flags", .hexadecimal, "The flags.") { $0.flags },
            .must("flag_names", .strings, "Their names.") { $0.flagNames },
            .optional("user", .integer, "Who may attach to it.") { $0.owner },
            .optional("group", .integer, "Which group may attach to it.") { $0.group },
            .must("header_size", .integer, "The size of the virtio header of packets.") { $0.headerSize },
            .must("send_buffer", .integer, "The send buffer in bytes.") { $0.sendBuffer },
        ])

    private static let macvlan = Form<MacvlanDetails>.object(
        "macvlan", "What is particular to a macvlan device.",
        [
            .must("mode", .string, "How devices on one parent reach each other.") {
                $0.modeName ?? "mode \($0.mode)"
            },
            .must("flags", .hexadecimal, "The flags.") { $0.flags },
        ])

    private static let sit = Form<SITDetails>.object(
        "sit", "What is particular to a tunnel of IPv6 in IPv4.",
        [
            .optional("device", .integer, "The index of the device below; 0 for any.") { $0.deviceIndex },
            .optional("local", .address, "The own end.") { $0.local },
            .optional("remote", .address, "The other end.") { $0.remote },
            .optional("ttl", .integer, "The time to live of outer packets.") { $0.timeToLive },
            .optional("tos", .integer, "The type of service of outer packets.") { $0.typeOfService },
            .must("discovers_path_mtu", .flag, "Whether the path MTU is discovered.") { $0.discoversPathMTU },
            .optional("protocol", .integer, "The protocol inside.") { $0.innerProtocol },
            .optional("flags", .hexadecimal, "The bits of the tunnel.") { $0.flags },
            .optional("encapsulation", encapsulation, "The further encapsulation.") { $0.encapsulation },
            .optional("prefix_6rd", .prefix, "The IPv6 prefix of 6rd.") { $0.prefix6rd },
            .optional("relay_prefix_6rd", .prefix, "The IPv4 prefix of relays of 6rd.") { $0.relayPrefix6rd },
        ])

    private static let encapsulation = Form<SITDetails.Encapsulation>.object(
        "encapsulation", "An encapsulation in UDP.",
        [
            .must("type", .integer, "0 none, 1 FOU, 2 GUE.") { $0.type },
            .must("flags", .hexadecimal, "Its flags.") { $0.flags },
            .must("source_port", .integer, "The source port.") { $0.sourcePort },
            .must("destination_port", .integer, "The destination port.") { $0.destinationPort },
        ])
}

extension NetworkDevice {
    fileprivate var tun: TunDetails? {
        guard case .tun(let tun) = details else { return nil }
        return tun
    }

    fileprivate var macvlan: MacvlanDetails? {
        guard case .macvlan(let macvlan) = details else { return nil }
        return macvlan
    }

    fileprivate var sit: SITDetails? {
        guard case .sit(let sit) = details else { return nil }
        return sit
    }
}
