import CRIUImages
import CheckpointTestSupport
import EvidenceText
import Testing

@testable import CheckpointModel

/// Network devices made by hand, of sorts that no fixture has.
@Suite("Network devices")
struct NetworkDeviceTests {
    private func devices(_ entries: [MessageBuilder], _ order: ByteOrder = .little) throws -> [NetworkDevice] {
        var source = MemorySource.contained(order)
        source["netns-10.img"] = ImageBuilder(.netns).entry(MessageBuilder())
        source["netdev-10.img"] = entries.reduce(ImageBuilder(.netdev)) { $0.entry($1) }
        let (network, checkpoint) = try source.network()
        #expect(checkpoint.problems.isEmpty)
        return try #require(network.devices.value)
    }

    @Test("A veth whose other end is in another namespace, in one that was not dumped, or that has its own index")
    func peers() throws {
        let devices = try devices([
            .device(2, 5, "veth0").varint(12, 6).varint(13, 17), .device(2, 6, "veth1").varint(12, 9),
            .device(2, 7, "veth2").varint(12, 7).varint(13, 17), .device(6, 8, "br0").varint(12, 8).varint(13, 10),
        ])
        #expect(devices[0].peer == NetworkDevice.Peer(index: 6, namespaceID: 17))
        #expect(devices[1].peer == NetworkDevice.Peer(index: 9, namespaceID: nil))
        // The two ends of a pair have the same index if both were the first made in their namespaces.
        #expect(devices[2].peer == NetworkDevice.Peer(index: 7, namespaceID: 17))
        #expect(devices[3].peer == nil)
    }

    @Test("A macvlan, and kinds newer than we know")
    func kinds() throws {
        let devices = try devices([
            .device(7, 3, "mac0").message(11, MessageBuilder().varint(1, 4).varint(2, 1)).varint(12, 2),
            .device(7, 4, "mac1").message(11, MessageBuilder().varint(1, 64)), .device(99, 5, "new0"),
        ])
        guard case .macvlan(let first) = devices[0].details, case .macvlan(let second) = devices[1].details else {
            throw TruthError(text: "no macvlan")
        }
        #expect(first.modeName == "bridge" && first.flags == 1 && devices[0].peer?.index == 2)
        #expect(second.modeName == nil && second.mode == 64)
        #expect(devices[2].kind.name == nil && devices[2].kind.rawValue == 99)
    }

    @Test(
        "A tunnel of IPv6 in IPv4, as a machine of either order of bytes wrote it", arguments: [ByteOrder.little, .big])
    func sit(_ order: ByteOrder) throws {
        func word(_ bytes: [UInt8]) -> UInt64 {
            let ordered = order == .big ? bytes : bytes.reversed()
            return ordered.reduce(0) { $0 << 8 | UInt64($1) }
        }
        let port = order == .big ? UInt64(5555) : UInt64(UInt16(5555).byteSwapped)
        let prefix = [[0x20, 0x01, 0x0D, 0xB8], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]] as [[UInt8]]
        let sit = prefix.reduce(
            MessageBuilder().varint(1, 2).varint(2, word([192, 0, 2, 1])).varint(3, word([192, 0, 2, 2])).varint(4, 64)
                .varint(6, 1).varint(7, 41).varint(9, 1).varint(12, port).varint(13, 32)
        ) { $0.varint(14, word($1)) }
        let device = try #require(devices([.device(8, 4, "sit1").message(15, sit)], order).first)
        guard case .sit(let details) = device.details else { throw TruthError(text: "no sit") }
        #expect(details.local.map { ipText($0.bytes) } == "192.0.2.1")
        #expect(details.remote.map { ipText($0.bytes) } == "192.0.2.2")
        #expect(details.timeToLive == 64 && details.discoversPathMTU && details.innerProtocol == 41)
        #expect(details.encapsulation?.destinationPort == 5555)
        #expect(details.prefix6rd.map { ipText($0.address.bytes) } == "2001:db8::" && details.prefix6rd?.length == 32)
    }

    @Test("Settings in the form of old images, and more than we have names for")
    func settings() throws {
        let old = (0..<31).reduce(MessageBuilder.device(1, 1, "lo")) { $0.signed(8, $1 == 5 ? -1 : Int64($1)) }
        let device = try #require(devices([old]).first)
        #expect(device.settings.count == 31)
        #expect(device.settings[12].name == "net.ipv4.conf.lo.forwarding" && device.settings[12].value == .value("12"))
        #expect(device.settings[5].value.absence?.reason == .notRecorded)
        #expect(device.settings[30].name == "net.ipv4.conf.lo.[30]")
    }

    @Test("Flags without a name are shown as a number")
    func flags() {
        #expect(NetworkDevice.Flags(rawValue: 0x8000_0001).names == ["UP", "0x80000000"])
    }
}
