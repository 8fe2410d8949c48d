import CheckpointModel
import EvidenceText

/// A network namespace and what it holds.
struct NetworkReport: Sendable {
    let report: NamespaceReport
    let network: Known<NetworkConfiguration>

    init(_ report: NamespaceReport) {
        self.report = report
        network = report.checkpoint.network(of: report.namespace)
    }
}

extension Forms {
    /// A network namespace.
    static let networkNamespace = Form<NetworkReport>.object(
        "network_namespace", "A network namespace.",
        namespaceIdentity { $0.report } + [
            .optional("external_key", .text, "By what name whoever restores has to supply it.") {
                $0.report.checkpoint.externalKey(of: $0.report.namespace).value
            },
            .knownRecords("devices", networkDevice, "The network devices.") { $0.network.flatMap(\.devices) },
            .knownRecords("addresses", interfaceAddress, "The addresses of the devices.") {
                $0.network.flatMap(\.addresses)
            },
            .knownRecords("routes4", route, "The IPv4 routes of the table main.") { $0.network.flatMap(\.routes4) },
            .knownRecords("routes6", route, "The IPv6 routes of the table main.") { $0.network.flatMap(\.routes6) },
            .knownRecords("rules", routingRule, "The IPv4 rules that pick a table.") { $0.network.flatMap(\.rules) },
            .knownRecords("firewall", firewall, "The rules of packet filters.") { $0.network.map(\.firewall) },
            .knownRecords("connections", trackedConnection, "The connections that the packet filter keeps track of.") {
                $0.network.flatMap(\.connections)
            },
            .knownRecords("expectations", expectedConnection, "The connections that the packet filter expects.") {
                $0.network.flatMap(\.expectations)
            },
            .known("settings", .list(kernelSetting), "The settings of the namespace as a whole.") {
                $0.network.flatMap(\.settings)
            },
            .known("peer_numbers", .list(peerNumber), "The numbers by which it knows others.") {
                $0.network.map(\.peerNumbers)
            },
        ]
    ).matched(by: "anchor").identified(by: "namespace")

    private static let peerNumber = Form<NetworkConfiguration.PeerNumber>.object(
        "netns_number", "The number by which one network namespace knows another.",
        [
            .must("namespace", .integer.aside, "CRIU's number for the other.") { $0.namespaceID },
            .must("netnsid", .integer, "The kernel's number for it here.") { $0.number },
        ])

    private static let firewall = Form<FirewallText>.object(
        "firewall", "The rules of a packet filter, as a tool printed them.",
        [
            .must("tool", .enumerated(FirewallText.Tool.allCases.map(\.rawValue)), "The tool.") { $0.tool.rawValue },
            .must("lines", .list(firewallLine), "The lines.") { $0.lines },
            .must("origin", .origin, "Where it was read.") { $0.origin },
        ]
    ).matched(by: "tool")

    private static let firewallLine = Form<FirewallText.Line>.object(
        "firewall_line", "A line of rules.",
        [
            .must("text", .text, "The text.") { $0.text },
            .optional("criu_trace", .flag, "Whether it has the form of CRIU's own network lock.") {
                $0.isTraceOfCRIU ? true : nil
            },
        ])
}

extension Form where Value == IPAddress {
    /// An IP address.
    static var address: Form { Form<String>.string.of { $0.text } }
}

extension Form where Value == IPPrefix {
    /// A range of IP addresses, with its length.
    static var prefix: Form { Form<String>.string.of { "\($0.address.text)/\($0.length)" } }
}

extension Form where Value == [NetlinkAttribute] {
    /// Attributes that have no name.
    static var attributes: Form { .list(Forms.attribute) }
}

extension Forms {
    /// An attribute that has no name.
    static let attribute = Form<NetlinkAttribute>.object(
        "netlink_attribute", "An attribute of a netlink message that has no name.",
        [
            .must("number", .integer, "Its number.") { $0.number },
            .must("bytes", .bytes, "Its value, in the order of bytes of the machine.") { $0.bytes },
        ])
}
