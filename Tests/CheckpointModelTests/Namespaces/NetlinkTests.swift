import CRIUImages
import CheckpointTestSupport
import EvidenceText
import Testing

@testable import CheckpointModel

/// Netlink messages made by hand.
@Suite("Netlink messages")
struct NetlinkTests {
    private static let orders: [ByteOrder] = [.little, .big]

    private func source(_ images: [String: NetlinkBuilder], _ order: ByteOrder = .little) -> MemorySource {
        var source = MemorySource.contained(order)
        source["netns-10.img"] = ImageBuilder(.netns).entry(MessageBuilder())
        for (name, builder) in images { source.images[name] = builder.bytes }
        return source
    }

    // MARK: Both orders of bytes

    @Test("An address in either order of bytes; addresses are in network order in both", arguments: orders)
    func address(_ order: ByteOrder) throws {
        let image = NetlinkBuilder(order).word(InterfaceAddress.magic).message(20) { message in
            message.raw([2, 24, 0x80, 253]).word(7).attribute(1, [10, 0, 0, 2]).attribute(2, [10, 0, 0, 1])
                .attribute(3, Array("eth0:1\0".utf8)).attribute(4, [10, 0, 0, 255])
                .attribute(6, message.number(UInt32(60)) + message.number(UInt32(120)) + [0, 0, 0, 0, 0, 0, 0, 0])
                .attribute(8, message.number(UInt32(0x280))).attribute(9, message.number(UInt32(100)))
                .attribute(77, [1, 2])
        }
        let (network, checkpoint) = try source(["ifaddr-10.img": image], order).network()
        let address = try #require(network.addresses.value?.first)
        #expect(address.deviceIndex == 7 && address.prefixLength == 24 && address.scope.name == "link")
        #expect(ipText(address.local.bytes) == "10.0.0.1" && address.peer.map { ipText($0.bytes) } == "10.0.0.2")
        #expect(address.label == "eth0:1" && address.broadcast.map { ipText($0.bytes) } == "10.0.0.255")
        #expect(address.flagNames == ["permanent", "noprefixroute"] && address.metric == 100)
        #expect(try #require(address.lifetimes.value) == (60, 120))
        #expect(address.others == [NetlinkAttribute(number: 77, bytes: [1, 2])])
        #expect(address.origin == Origin("ifaddr-10.img", entry: 0) && checkpoint.problems.isEmpty)
    }

    @Test("A route of several paths in either order of bytes", arguments: orders)
    func route(_ order: ByteOrder) throws {
        let image = NetlinkBuilder(order).word(Route.magic).message(24) { message in
            let hop = { (gateway: UInt8, device: UInt32, weight: UInt8) in
                message.number(UInt16(16)) + [4, weight] + message.number(device) + message.number(UInt16(8))
                    + message.number(UInt16(5)) + [10, 0, 0, gateway]
            }
            return message.raw([2, 16, 0, 8, 252, 4, 0, 1]).word(0)
                .attribute(1, [172, 16, 0, 0]).attribute(15, message.number(UInt32(1000)))
                .attribute(9, hop(1, 2, 0) + hop(2, 3, 9))
                .nested(8) { $0.attribute(2, $0.number(UInt32(1400))) }
        }
        let (network, checkpoint) = try source(["route-10.img": image], order).network()
        let route = try #require(network.routes4.value?.first)
        #expect(route.destination == IPPrefix(address: try #require(IPAddress([172, 16, 0, 0])), length: 16))
        #expect(route.table == RouteTable(rawValue: 1000) && route.madeBy.name == "static" && route.typeOfService == 8)
        #expect(route.hops.map(\.deviceIndex) == [2, 3] && route.hops.map(\.weight) == [1, 10])
        #expect(route.hops.map { $0.gateway.map { ipText($0.bytes) } } == ["10.0.0.1", "10.0.0.2"])
        #expect(route.metrics == [NetlinkAttribute(number: 2, bytes: NetlinkBuilder(order).number(UInt32(1400)))])
        #expect(checkpoint.problems.isEmpty)
    }

    @Test("An IPv4 route by way of an IPv6 router")
    func via() throws {
        let image = NetlinkBuilder().word(Route.magic).message(24) { message in
            message.raw([2, 0, 0, 0, 254, 3, 0, 1]).word(0).attribute(4, message.number(UInt32(2)))
                .attribute(18, message.number(UInt16(10)) + [0xFE, 0x80] + Array(repeating: 0, count: 13) + [1])
        }
        let (network, _) = try source(["route-10.img": image]).network()
        let route = try #require(network.routes4.value?.first)
        #expect(route.destination == nil && route.hops.first?.gateway.map { ipText($0.bytes) } == "fe80::1")
    }

    @Test("Rules of all sorts, in either order of bytes", arguments: orders)
    func rules(_ order: ByteOrder) throws {
        let image = NetlinkBuilder(order).word(RoutingRule.magic).message(32) { message in
            message.raw([2, 8, 24, 0, 0, 0, 0, 1]).word(2).attribute(1, [10, 0, 0, 0]).attribute(2, [192, 0, 2, 0])
                .attribute(3, Array("eth0\0".utf8)).attribute(6, message.number(UInt32(5)))
                .attribute(10, message.number(UInt32(7))).attribute(16, message.number(UInt32(0xFF)))
                .attribute(15, message.number(UInt32(77)))
                .attribute(20, message.number(UInt32(1000)) + message.number(UInt32(2000)))
                .attribute(22, [6]).attribute(24, message.number(UInt16(80)) + message.number(UInt16(443)))
        }.message(32) { message in
            message.raw([2, 0, 0, 0, 0, 0, 0, 2]).word(0).attribute(4, message.number(UInt32(9)))
        }.message(32) { $0.raw([2, 0, 0, 0, 0, 0, 0, 99]).word(0) }
        let (network, checkpoint) = try source(["rule-10.img": image], order).network()
        let rules = try #require(network.rules.value)
        #expect(rules[0].isInverted && rules[0].priority == 5 && rules[0].table.rawValue == 77)
        #expect(rules[0].source?.length == 24 && rules[0].destination?.length == 8)
        #expect(rules[0].mark == 7 && rules[0].markMask == 0xFF && rules[0].incomingDevice == "eth0")
        #expect(rules[0].users == RoutingRule.Span(first: 1000, last: 2000) && rules[0].transport == 6)
        #expect(rules[0].destinationPorts == RoutingRule.Span(first: 80, last: 443))
        #expect(rules[1].action == .goto && rules[1].target == 9)
        #expect(rules[2].action.name == nil && rules[2].action.rawValue == 99)
        #expect(checkpoint.problems.isEmpty)
    }

    // MARK: Damage

    /// The length that the header of the first attribute has; its true length is 8.
    @Test(
        "A length of an attribute that cannot be is a problem, and the messages behind it are read",
        arguments: [0, 1, 3, 13, 4096, 65535])
    func attributeLength(_ length: Int) throws {
        let image = NetlinkBuilder().word(InterfaceAddress.magic)
            .message(20) { $0.raw([2, 24, 0, 0]).word(1).attribute(2, [10, 0, 0, 1], length: length) }
            .message(20) { $0.raw([2, 24, 0, 0]).word(2).attribute(2, [10, 0, 0, 2]) }
        let (network, checkpoint) = try source(["ifaddr-10.img": image]).network()
        #expect(network.addresses.value?.map(\.deviceIndex) == [2])
        #expect(checkpoint.problems.map(\.code) == ["bad-netlink"] && checkpoint.problems.map(\.entry) == [0])
        #expect(checkpoint.problems.map(\.offset) == [4])
    }

    @Test("A length of a message that cannot be ends the list", arguments: [0, 1, 15, 45, 1 << 30, Int(UInt32.max)])
    func messageLength(_ length: Int) throws {
        let image = NetlinkBuilder().word(InterfaceAddress.magic)
            .message(20) { $0.raw([2, 24, 0, 0]).word(1).attribute(2, [10, 0, 0, 1]) }
            .message(20, length: length) { $0.raw([2, 24, 0, 0]).word(2).attribute(2, [10, 0, 0, 2]) }
        let (network, checkpoint) = try source(["ifaddr-10.img": image]).network()
        #expect(network.addresses.value?.map(\.deviceIndex) == [1])
        #expect(checkpoint.problems.map(\.entry) == [1] && checkpoint.problems.map(\.offset) == [36])
    }

    @Test("A list of paths whose lengths cannot be", arguments: [0, 7, 200])
    func pathLength(_ length: UInt16) throws {
        let image = NetlinkBuilder().word(Route.magic).message(24) { message in
            message.raw([2, 0, 0, 0, 254, 3, 0, 1]).word(0)
                .attribute(9, message.number(length) + [0, 0] + message.number(UInt32(2)))
        }
        let (network, checkpoint) = try source(["route-10.img": image]).network()
        #expect(network.routes4.value?.isEmpty == true && checkpoint.problems.map(\.code) == ["bad-netlink"])
    }

    @Test("An image cut anywhere is read as far as it goes")
    func cuts() throws {
        let whole = NetlinkBuilder().word(InterfaceAddress.magic)
            .message(20) { $0.raw([2, 24, 0, 0]).word(1).attribute(2, [10, 0, 0, 1]) }
            .message(20) { $0.raw([2, 24, 0, 0]).word(2).attribute(2, [10, 0, 0, 2]) }
        for end in 0..<whole.bytes.count {
            let image = NetlinkBuilder(.little, Array(whole.bytes[..<end]))
            let (network, checkpoint) = try source(["ifaddr-10.img": image]).network()
            let isAtBorder = end == 4 || end == 36
            #expect(checkpoint.problems.isEmpty == isAtBorder, "\(end)")
            #expect(network.addresses.value?.count ?? 0 == (end < 36 ? 0 : 1), "\(end)")
        }
    }

    @Test("Bytes without the magic word are no list, and a message of another type is a problem")
    func wrongKind() throws {
        let routes = NetlinkBuilder().word(Route.magic).message(20) { $0.raw([2, 24, 0, 0]).word(1) }
        let rules = NetlinkBuilder().word(0x1234_5678)
        let (network, checkpoint) = try source(["route-10.img": routes, "rule-10.img": rules]).network()
        #expect(network.routes4.value?.isEmpty == true && network.rules.absence?.reason == .damaged)
        #expect(network.addresses.absence?.reason == .noImage)
        #expect(checkpoint.problems.map(\.image) == ["route-10.img", "rule-10.img"])
    }

    @Test("Random bytes behind the magic word are read without harm")
    func random() throws {
        var generator = SeededGenerator(printingSeedFor: "netlink")
        for _ in 0..<300 {
            let size = Int.random(in: 0..<200, using: &generator)
            let bytes = (0..<size).map { _ in
                Bool.random(using: &generator)
                    ? UInt8.random(in: 0...32, using: &generator) : UInt8.random(in: 0...255, using: &generator)
            }
            let images = [
                "ifaddr-10.img": NetlinkBuilder().word(InterfaceAddress.magic).message(20) { $0.raw(bytes) },
                "route-10.img": NetlinkBuilder().word(Route.magic).message(24) { $0.raw(bytes) },
                "rule-10.img": NetlinkBuilder().word(RoutingRule.magic).message(32) { $0.raw(bytes) },
                "netns-ct-10.img": NetlinkBuilder().message(256) { $0.raw(bytes) },
                "netns-exp-10.img": NetlinkBuilder().message(512) { $0.raw(bytes) },
            ]
            let (network, checkpoint) = try source(images).network()
            let read =
                [network.addresses.value?.count, network.routes4.value?.count, network.rules.value?.count]
                + [network.connections.value?.count, network.expectations.value?.count]
            // Each message is either an item or a problem.
            #expect(read.compactMap { $0 }.reduce(0, +) + checkpoint.problems.count == 5)
        }
    }
}
