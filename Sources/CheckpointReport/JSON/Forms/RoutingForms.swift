import CheckpointModel
import EvidenceText

extension Forms {
    /// An address of a device.
    static let interfaceAddress = Form<InterfaceAddress>.object(
        "interface_address", "An IP address of a network device.",
        [
            .must("device", .integer, "The index of the device.") { $0.deviceIndex },
            .must("family", .string, "The address family.") { $0.family.text },
            .must("address", .address, "The address.") { $0.local },
            .must("prefix_length", .integer, "How many leading bits are those of the network.") { $0.prefixLength },
            .optional("peer", .address, "The other end of a point-to-point link.") { $0.peer },
            .optional("broadcast", .address, "The address that reaches all of the network.") { $0.broadcast },
            .optional("anycast", .address, "The anycast address.") { $0.anycast },
            .optional("multicast", .address, "The multicast address.") { $0.multicast },
            .optional("label", .text, "The label.") { $0.label },
            .must("scope", .string, "How far it is valid.") { $0.scope.text },
            .must("flags", .hexadecimal, "The flags.") { $0.flags },
            .must("flag_names", .strings, "Their names.") { $0.flagNames },
            .known("valid_seconds", .integer, "For how long it is valid; 4294967295 is for ever.") {
                $0.lifetimes.map(\.valid)
            },
            .known("preferred_seconds", .integer, "For how long it is preferred; 4294967295 is for ever.") {
                $0.lifetimes.map(\.preferred)
            },
            .optional("metric", .integer, "The metric of the route to the network.") { $0.metric },
            .optional("added_by", .integer, "Who added it (IFAPROT_*).") { $0.addedBy },
            .must("others", .attributes, "Attributes that have no name.") { $0.others },
            .must("origin", .origin, "Where it was read.") { $0.origin },
        ]
    ).matched(by: "device", "address")

    /// A route.
    static let route = Form<Route>.object(
        "route", "A route.",
        [
            .must("family", .string, "The address family.") { $0.family.text },
            .must("kind", .string, "What it does with packets.") { $0.kind.name ?? "kind \($0.kind.rawValue)" },
            .optional("destination", .prefix, "Which packets it is for; left out for all.") { $0.destination },
            .optional("source", .prefix, "From where packets have to come; left out for anywhere.") { $0.source },
            .must("tos", .integer, "The type of service; 0 for any.") { $0.typeOfService },
            .must("table", .string, "The table, by name or number.") { $0.table.text },
            .must("protocol", .string, "Who made it, by name or number.") {
                $0.madeBy.name ?? String($0.madeBy.rawValue)
            },
            .must("scope", .string, "How far it is valid.") { $0.scope.text },
            .must("hops", .list(hop), "The ways on.") { $0.hops },
            .optional("preferred_source", .address, "The source address that packets get.") { $0.preferredSource },
            .optional("metric", .integer, "The less, the sooner it is taken.") { $0.metric },
            .optional("preference", .integer, "The preference of the router: 0 medium, 1 high, 3 low.") {
                $0.preference
            },
            .optional("incoming_device", .integer, "The index of the device that packets come in by.") {
                $0.incomingDeviceIndex
            },
            .must("flags", .hexadecimal, "The flags.") { $0.flags },
            .must("flag_names", .strings, "Their names.") { $0.flagNames },
            .optional("expires_seconds", .integer, "In how long it goes.") { $0.expiresSeconds },
            .optional("next_hop_object", .integer, "The next-hop object that it uses.") { $0.nextHopObject },
            .must("metrics", .attributes, "Parameters of the path (RTAX_*).") { $0.metrics },
            .must("others", .attributes, "Attributes that have no name.") { $0.others },
            .must("origin", .origin, "Where it was read.") { $0.origin },
        ])

    private static let hop = Form<Route.Hop>.object(
        "hop", "A way on.",
        [
            .optional("gateway", .address, "The next router.") { $0.gateway },
            .optional("device", .integer, "The index of the device that packets leave by.") { $0.deviceIndex },
            .must("weight", .integer, "How often it is taken, compared with others.") { $0.weight },
            .must("flags", .hexadecimal, "The flags (RTNH_F_*).") { $0.flags },
        ])

    /// A rule that picks a table.
    static let routingRule = Form<RoutingRule>.object(
        "routing_rule", "A rule that picks a table of routes.",
        [
            .must("family", .string, "The address family.") { $0.family.text },
            .must("priority", .integer, "Rules are tried in ascending order of this.") { $0.priority },
            .must("inverted", .flag, "Whether it is for packets that do not fit.") { $0.isInverted },
            .optional("source", .prefix, "From where packets have to come.") { $0.source },
            .optional("destination", .prefix, "Where packets have to go.") { $0.destination },
            .must("tos", .integer, "The type of service; 0 for any.") { $0.typeOfService },
            .optional("mark", .hexadecimal, "The mark of the packets.") { $0.mark },
            .optional("mark_mask", .hexadecimal, "Which bits of the mark count.") { $0.markMask },
            .optional("incoming_device", .text, "The device that packets come in by.") { $0.incomingDevice },
            .optional("outgoing_device", .text, "The device that packets leave by.") { $0.outgoingDevice },
            .optional("users", span, "The users whose packets it is for.") { $0.users },
            .optional("transport", .integer, "The transport protocol.") { $0.transport },
            .optional("source_ports", span, "The source ports.") { $0.sourcePorts },
            .optional("destination_ports", span, "The destination ports.") { $0.destinationPorts },
            .must("action", .string, "What it does.") { $0.action.name ?? "action \($0.action.rawValue)" },
            .must("table", .string, "The table, by name or number.") { $0.table.text },
            .optional("target", .integer, "The priority of the rule that it goes to.") { $0.target },
            .optional(
                "suppressed_prefix_length", .integer, "Routes with a prefix of at most so many bits do not count."
            ) {
                $0.suppressedPrefixLength
            },
            .must("device_domain", .flag, "Whether the table is that of the device's domain (VRF).") {
                $0.usesDeviceDomain
            },
            .optional("protocol", .string, "Who made it, by name or number.") {
                $0.madeBy.map { $0.name ?? String($0.rawValue) }
            },
            .must("flags", .hexadecimal, "The flags.") { $0.flags },
            .must("others", .attributes, "Attributes that have no name.") { $0.others },
            .must("origin", .origin, "Where it was read.") { $0.origin },
        ])

    private static let span = Form<RoutingRule.Span>.object(
        "span", "A range of numbers, both ends included.",
        [.must("first", .integer, "The first.") { $0.first }, .must("last", .integer, "The last.") { $0.last }]
    ).asOne
}

extension AddressFamily {
    /// The name, or the number.
    var text: String { name ?? "family \(rawValue)" }
}
