import CheckpointModel
public import EvidenceText

/// Prints what network namespaces hold: devices, addresses, routes, rules, packet filters, tracked connections.
public struct NetworkText {
    private let names: DeviceNames
    private let out: OutputBuffer
    private let style: TextStyle

    /// Prints each network namespace.
    public static func write(_ selection: NamespaceSelection, to out: OutputBuffer, _ style: TextStyle) {
        let namespaces = selection.namespaces(.net)
        if namespaces.isEmpty { writeLine("no image names a network namespace", .faint, to: out, style) }
        let networks = namespaces.map { selection.checkpoint.network(of: $0) }
        let devices = zip(namespaces, networks).map { ($0.id, $1.value?.devices.value ?? []) }
        for (index, namespace) in namespaces.enumerated() {
            if index > 0 { out.append("\n") }
            writeLine(namespace.heading, .heading, to: out, style)
            switch networks[index] {
            case .missing(let absence):
                writeAbsence(absence, to: out, style)
                guard namespace.standing == .root else { continue }
                for network in selection.checkpoint.container.value?.networks.value ?? [] {
                    writeLine("the engine noted: " + network.line, to: out, style)
                }
            case .value(let network):
                NetworkText(names: DeviceNames(devices, here: namespace.id), out: out, style: style).write(network)
            }
        }
    }

    private func write(_ network: NetworkConfiguration) {
        section("devices", network.devices) { deviceTable($0).write(to: out, style) }
        section("addresses", network.addresses) { addressTable($0).write(to: out, style) }
        section("IPv4 routes of table main", network.routes4) { lines($0.map { $0.line(names) }) }
        section("IPv6 routes of table main", network.routes6) { lines($0.map { $0.line(names) }) }
        section("IPv4 rules", network.rules) { lines($0.map(\.line)) }
        writeFirewall(network.firewall)
        section("tracked connections", network.connections) { lines($0.map(\.line)) }
        section("expected connections", network.expectations) { lines($0.map(\.line)) }
        writeSettings(network.settings)
        for peer in network.peerNumbers where !names.isHere(peer.namespaceID) {
            writeLine(
                "network namespace \(peer.namespaceID) is known here as netnsid \(peer.number)", .faint, to: out, style)
        }
    }

    private func section<Item>(_ title: String, _ items: Known<[Item]>, _ write: ([Item]) -> Void) {
        switch items {
        case .missing(let absence): writeLine("\(title): none (\(reasonText(absence)))", .faint, to: out, style)
        case .value(let items):
            writeLine(items.isEmpty ? "\(title): none" : title, .heading, to: out, style)
            if !items.isEmpty { write(items) }
        }
    }

    private func lines(_ lines: [String]) {
        for line in lines { writeLine("  " + line, to: out, style) }
    }

    // MARK: Devices

    private func deviceTable(_ devices: [NetworkDevice]) -> Table {
        var table = Table([
            .init(title: "IDX", isRightAligned: true), .init(title: "NAME"), .init(title: "KIND"),
            .init(title: "MTU", isRightAligned: true), .init(title: "MAC"), .init(title: "DETAILS"),
            .init(title: "FLAGS"),
        ])
        for device in devices {
            table.add([
                .init(String(device.index)), .init(device.name.forTerminal, .name),
                .init(device.kind.name ?? "kind \(device.kind.rawValue)"), .init(String(device.mtu)),
                .init(device.hardwareAddress.map(hardwareText) ?? "-"),
                .init(device.detailWords(names).joined(separator: ", ")),
                .init(device.flags.names.joined(separator: ","), device.flags.isUp ? nil : .faint),
            ])
        }
        return table
    }

    private func addressTable(_ addresses: [InterfaceAddress]) -> Table {
        var table = Table([
            .init(title: "DEVICE"), .init(title: "ADDRESS"), .init(title: "SCOPE"), .init(title: "DETAILS"),
        ])
        for address in addresses {
            table.add([
                .init(names.name(address.deviceIndex), .name), .init(address.text), .init(address.scope.text),
                .init(address.detailWords.joined(separator: " ")),
            ])
        }
        return table
    }

    // MARK: Packet filters

    private func writeFirewall(_ firewall: [FirewallText]) {
        let filled = firewall.filter { !$0.lines.isEmpty }
        if filled.isEmpty { writeLine("packet filter: no rules in the images", .heading, to: out, style) }
        for text in filled {
            let traces = text.lines.count { $0.isTraceOfCRIU }
            let note = traces > 0 ? " (lines marked * have the form of CRIU's own network lock)" : ""
            writeLine("packet filter, by \(text.tool.rawValue)\(note)", .heading, to: out, style)
            for line in text.lines {
                // Tabs are what the tool indents with.
                let indented = line.text.escaped(keeping: [0x09]).replacing("\t", with: "    ")
                let mark = line.isTraceOfCRIU ? "* " : indented.isEmpty ? "" : "  "
                writeLine(mark + indented, line.isTraceOfCRIU ? .faint : nil, to: out, style)
            }
        }
    }

    private func writeSettings(_ settings: Known<[KernelSetting]>) {
        section("settings", settings) { settings in
            let groups = Dictionary(grouping: settings) { $0.value.value != nil }
            let forwarding = (groups[true] ?? []).filter { NetworkText.shownSettings.contains($0.name) }
            lines(forwarding.map { "\($0.name.forTerminal) = \($0.value.value?.forTerminal ?? "?")" })
            let rest = (groups[true] ?? []).count - forwarding.count
            lines(["and \(counted(rest, "setting")) more, which --json shows"])
        }
    }

    private static let shownSettings: Set<ByteText> = [
        "net.ipv4.conf.all.forwarding", "net.ipv4.conf.default.forwarding", "net.ipv6.conf.all.forwarding",
        "net.ipv6.conf.default.forwarding", "net.ipv6.conf.all.disable_ipv6", "net.ipv4.conf.all.rp_filter",
        "net.ipv4.conf.all.route_localnet", "net.ipv4.conf.all.accept_local", "net.ipv4.ping_group_range",
        "net.unix.max_dgram_qlen",
    ]
}
