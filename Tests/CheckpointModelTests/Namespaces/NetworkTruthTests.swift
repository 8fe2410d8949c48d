import CheckpointModel
import CheckpointTestSupport
import EvidenceText
import Testing

/// Compares network namespaces with what `ip` and `nft` printed.
@Suite("The networks of dumps with known contents")
struct NetworkTruthTests {
    private let truth: NamespaceTruth.Network
    private let network: NetworkConfiguration
    private let nested: NetworkConfiguration
    private let names: [UInt32: String]

    init() throws {
        truth = try #require(NamespaceTruth("container").network)
        let checkpoint = try KnownCheckpoint.named("container").checkpoint
        let networks = checkpoint.namespaces.filter { $0.kind == .net }.map { checkpoint.network(of: $0) }
        network = try #require(networks[0].value)
        nested = try #require(networks[1].value)
        names = Dictionary(uniqueKeysWithValues: truth.links.map { ($0.ifindex, $0.ifname) })
        #expect(checkpoint.problems.isEmpty)
    }

    @Test("Devices: index, name, flags, MTU, address, kind, peer and master")
    func links() throws {
        let devices = try #require(network.devices.value)
        #expect(devices.map(\.index) == truth.links.map(\.ifindex))
        for (device, link) in zip(devices, truth.links) {
            #expect(device.name == ByteText(link.ifname))
            #expect(device.mtu == link.mtu)
            // `ip` tells RUNNING only where LOWER_UP does not say it already.
            #expect(device.flags.names.filter { $0 != "RUNNING" } == link.flags, "\(link.ifname)")
            #expect(device.kind.name == link.linkinfo?.info_kind ?? link.link_type, "\(link.ifname)")
            #expect(device.peer.flatMap { names[$0.index] } == link.link, "\(link.ifname)")
            #expect(device.masterIndex.flatMap { names[$0] } == link.master, "\(link.ifname)")
            let address = device.hardwareAddress.map { $0.map { String($0, radix: 16) } }
            let digits = link.address?.split(separator: ":").map { String(UInt8($0, radix: 16) ?? 0, radix: 16) }
            // CRIU does not keep the zeros of the loopback device.
            if device.kind == .loopback {
                #expect(address == nil)
            } else {
                #expect(address == digits, "\(link.ifname)")
            }
        }
    }

    @Test("The tun device is one of user 1000, and stays")
    func tun() throws {
        let device = try #require(network.devices.value?.first { $0.kind == .tun })
        guard case .tun(let details) = device.details else { throw TruthError(text: "no details of tun7") }
        #expect(details.owner == 1000 && details.group == nil)
        #expect(details.flagNames == ["tun", "persist", "no_pi"])
    }

    @Test("Addresses of each device")
    func addresses() throws {
        let addresses = try #require(network.addresses.value)
        for device in truth.addresses {
            let own = addresses.filter { $0.deviceIndex == device.ifindex }
            #expect(own.count == device.addr_info.count)
            for (address, info) in zip(own, device.addr_info) {
                #expect(address.family.name == info.family && ipText(address.local.bytes) == info.local)
                #expect(address.peer.map { ipText($0.bytes) } == info.address)
                #expect(address.prefixLength == info.prefixlen && address.scope.name == info.scope)
                #expect(address.label == info.label.map { ByteText($0) })
                #expect(address.flagNames.contains("nodad") == (info.nodad == true))
                #expect(address.flagNames.contains("tentative") == (info.tentative == true))
                let lifetimes = try #require(address.lifetimes.value)
                #expect(lifetimes == (info.preferred_life_time, info.valid_life_time))
            }
        }
        #expect(addresses.allSatisfy { $0.others.isEmpty })
    }

    @Test("Routes of the table main")
    func routes() throws {
        let main4 = truth.routes4.filter { $0.table == nil && !$0.dst.contains(":") && !$0.dst.isEmpty }
            .filter { $0.pref == nil }
        let main6 = truth.routes6.filter { $0.table == nil }
        try compare(try #require(network.routes4.value), main4)
        try compare(try #require(network.routes6.value), main6)
    }

    private func compare(_ routes: [Route], _ truths: [NamespaceTruth.Route]) throws {
        #expect(routes.count == truths.count)
        for (route, truth) in zip(routes, truths) {
            let destination = route.destination.map { prefix in
                Int(prefix.length) == prefix.address.bytes.count * 8
                    ? ipText(prefix.address.bytes) : ipText(prefix.address.bytes) + "/\(prefix.length)"
            }
            #expect(destination ?? "default" == truth.dst)
            // IPv6 has routes to nowhere on the loopback device.
            #expect(route.hops.first?.gateway.map { ipText($0.bytes) } == truth.gateway, "\(truth)")
            #expect(route.hops.first?.deviceIndex.flatMap { names[$0] } == truth.dev, "\(truth)")
            #expect(route.kind.name == truth.type ?? "unicast", "\(truth)")
            #expect(route.madeBy.name == truth.protocol ?? "boot", "\(truth)")
            #expect(route.scope.name == truth.scope ?? "global", "\(truth)")
            #expect(route.preferredSource.map { ipText($0.bytes) } == truth.prefsrc, "\(truth)")
            #expect(route.metric == truth.metric && route.table == .main, "\(truth)")
            #expect(route.preference == (truth.pref == "medium" ? 0 : nil), "\(truth)")
            #expect(route.flagNames == truth.flags && route.others.isEmpty, "\(truth)")
        }
    }

    @Test("Rules that pick a table")
    func rules() throws {
        let rules = try #require(network.rules.value)
        #expect(rules.map(\.priority) == truth.rules.map(\.priority))
        for (rule, truth) in zip(rules, truth.rules) {
            #expect(rule.source == nil && truth.src == "all" && rule.action == .lookup)
            #expect(rule.table.name ?? String(rule.table.rawValue) == truth.table)
            #expect(rule.mark.map { "0x" + String($0, radix: 16) } == truth.fwmark)
            #expect(rule.others.isEmpty)
        }
    }

    @Test("The packet filter is what it was, once the lines of CRIU are taken away")
    func firewall() throws {
        let text = try #require(network.firewall.first { $0.tool == .nftables })
        let kept = text.lines.filter { !$0.isTraceOfCRIU && !$0.text.isEmpty }.map { $0.text.string ?? "?" }
        // Chains that CRIU made for its jump, and that hold nothing else.
        let made = ["\tchain INPUT {", "\tchain OUTPUT {"]
        #expect(
            kept.filter { line in !truth.nft.contains(line) }.allSatisfy { made.contains($0) || $0.contains(" hook ") })
        #expect(truth.nft.allSatisfy { kept.contains($0) })
        #expect(text.lines.count { $0.isTraceOfCRIU } == 12)
        #expect(nested.firewall.allSatisfy { $0.lines.isEmpty })
    }

    @Test("Settings by name: the workload turned forwarding on")
    func settings() throws {
        let settings = try #require(network.settings.value)
        func value(_ name: ByteText) -> ByteText? { settings.first { $0.name == name }?.value.value }
        #expect(value("net.ipv4.conf.all.forwarding") == "1" && value("net.ipv6.conf.all.forwarding") == "0")
        #expect(value("net.unix.max_dgram_qlen") == "10")
        let secret = try #require(settings.first { $0.name == "net.ipv6.conf.all.stable_secret" })
        #expect(secret.value.absence?.reason == .notRecorded)
        let veth = try #require(network.devices.value?.first { $0.name == "veth0" })
        #expect(veth.settings.first { $0.name == "net.ipv6.conf.veth0.mtu" }?.value == .value("1400"))
        #expect(settings.count == 30 * 2 + 42 * 2 + 2)
    }

    @Test("The nested namespace has a loopback device that is down, and nothing else")
    func nestedNetwork() throws {
        let devices = try #require(nested.devices.value)
        #expect(devices.map(\.name) == ["lo"] && devices.first?.flags.isUp == false)
        #expect(nested.addresses.value?.isEmpty == true && nested.routes4.value?.isEmpty == true)
        #expect(nested.rules.value?.map(\.priority) == [0, 32766, 32767])
    }
}
