import CRIUImages
import CheckpointTestSupport
import EvidenceText
import Testing

@testable import CheckpointModel

/// Connections of the packet filter, made by hand: no fixture has any.
@Suite("Tracked and expected connections")
struct ConnectionTests {
    private static let orders: [ByteOrder] = [.little, .big]

    private func open(_ name: String, _ builder: NetlinkBuilder) throws -> NetworkConfiguration {
        var source = MemorySource.contained(builder.order)
        source["netns-10.img"] = ImageBuilder(.netns).entry(MessageBuilder())
        source.images[name] = builder.bytes
        let (network, checkpoint) = try source.network()
        #expect(checkpoint.problems.isEmpty)
        return network
    }

    private func tuple(
        _ builder: NetlinkBuilder, _ source: UInt8, _ destination: UInt8, _ ports: (UInt16, UInt16)
    ) -> NetlinkBuilder {
        builder.nested(1) { $0.attribute(1, [10, 0, 0, source]).attribute(2, [10, 0, 0, destination]) }
            .nested(2) { $0.attribute(1, [6]).attribute(2, network(ports.0)).attribute(3, network(ports.1)) }
    }

    /// The bytes of a number in network order.
    private func network<Number: FixedWidthInteger>(_ value: Number) -> [UInt8] {
        withUnsafeBytes(of: value.bigEndian) { Array($0) }
    }

    @Test("A TCP connection with its translation, in either order of bytes", arguments: orders)
    func tracked(_ order: ByteOrder) throws {
        let image = NetlinkBuilder(order).message(256) { message in
            message.raw([2, 0, 0, 0]).nested(1) { tuple($0, 1, 2, (40000, 80)) }
                .nested(2) { tuple($0, 3, 1, (8080, 40000)) }.attribute(3, network(UInt32(0x1AE)))
                .nested(4) { $0.nested(1) { $0.attribute(1, [3]) } }
                .nested(5) { $0.attribute(1, Array("ftp\0".utf8)) }
                .attribute(7, network(UInt32(431_999))).attribute(8, network(UInt32(0xC114)))
                .nested(9) { $0.attribute(1, network(UInt64(12))).attribute(2, network(UInt64(3456))) }
                .nested(10) { $0.attribute(3, network(UInt32(7))).attribute(4, network(UInt32(89))) }
                .attribute(18, network(UInt16(4))).attribute(12, network(UInt32(0x11223344)))
        }
        let connection = try #require(open("netns-ct-10.img", image).connections.value?.first)
        #expect(connection.original.source.map { ipText($0.bytes) } == "10.0.0.1")
        #expect(connection.original.transport == 6 && connection.original.sourcePort == 40000)
        #expect(connection.original.destinationPort == 80)
        #expect(connection.reply?.source.map { ipText($0.bytes) } == "10.0.0.3" && connection.reply?.sourcePort == 8080)
        #expect(connection.tcpState?.name == "ESTABLISHED" && connection.timeoutSeconds == 431_999)
        #expect(
            connection.statusNames == ["seen-reply", "assured", "confirmed", "dst-nat", "src-nat-done", "dst-nat-done"])
        #expect(connection.mark == 0xC114 && connection.helper == "ftp" && connection.zone == 4)
        #expect(connection.originalCount == TrackedConnection.Count(packets: 12, bytes: 3456))
        #expect(connection.replyCount == TrackedConnection.Count(packets: 7, bytes: 89))
        #expect(connection.others == [NetlinkAttribute(number: 12, bytes: [0x11, 0x22, 0x33, 0x44])])
    }

    @Test("A ping over IPv6")
    func ping() throws {
        let image = NetlinkBuilder().message(256) { message in
            message.raw([10, 0, 0, 0]).nested(1) { tuple in
                tuple.nested(1) { $0.attribute(3, Array(repeating: 0xFD, count: 16)) }
                    .nested(2) {
                        $0.attribute(1, [58]).attribute(7, network(UInt16(77))).attribute(8, [128]).attribute(9, [0])
                    }
            }
        }
        let connection = try #require(open("netns-ct-10.img", image).connections.value?.first)
        #expect(connection.original.source?.bytes.count == 16 && connection.original.destination == nil)
        #expect(connection.original.icmp == FlowTuple.ICMP(type: 128, code: 0, id: 77))
        #expect(connection.reply == nil && connection.tcpState == nil && connection.statusNames.isEmpty)
    }

    @Test("An expected connection, in either order of bytes", arguments: orders)
    func expected(_ order: ByteOrder) throws {
        let image = NetlinkBuilder(order).message(512) { message in
            message.raw([2, 0, 0, 0]).nested(1) { tuple($0, 1, 2, (40000, 21)) }
                .nested(2) { tuple($0, 2, 1, (0, 50000)) }.attribute(4, network(UInt32(290)))
                .attribute(6, Array("ftp\0".utf8)).attribute(8, network(UInt32(1)))
        }
        let connection = try #require(open("netns-exp-10.img", image).expectations.value?.first)
        #expect(connection.flow.destinationPort == 50000 && connection.master?.destinationPort == 21)
        #expect(connection.timeoutSeconds == 290 && connection.helper == "ftp" && connection.flags == 1)
    }
}
