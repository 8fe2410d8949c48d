import CheckpointTestSupport
import EvidenceText
import Testing

@Suite("IP addresses")
struct IPAddressTextTests {
    /// Words, and what `ipaddress.IPv6Address(…).compressed` of Python 3.11 says of them.
    private static let sixes: [([UInt32], String)] = [
        ([0, 0, 0, 0], "::"),
        ([0, 0, 0, 1], "::1"),
        ([0x10000, 0, 0, 0], "1::"),
        ([0xFE80_0000, 0, 0, 1], "fe80::1"),
        ([0x2001_0DB8, 0x1, 0x10001, 0x10001], "2001:db8:0:1:1:1:1:1"),
        ([0x2001_0000, 0x1, 0, 0x1], "2001:0:0:1::1"),
        ([0x2001_0DB8, 0, 0x10000, 0x1], "2001:db8::1:0:0:1"),
        ([0x10000, 0x2, 0, 0x30004], "1::2:0:0:3:4"),
        ([0, 0, 0xFFFF, 0xC000_0201], "::ffff:c000:201"),
        ([0, 0, 0, 0xC000_0201], "::c000:201"),
        ([0x1, 0x20003, 0x40005, 0x60007], "0:1:2:3:4:5:6:7"),
        ([0x10002, 0x30004, 0x50006, 0x70000], "1:2:3:4:5:6:7:0"),
        ([0x10002, 0x30004, 0x50006, 0], "1:2:3:4:5:6::"),
        ([0, 0x10002, 0x30004, 0x50006], "::1:2:3:4:5:6"),
        ([.max, .max, .max, .max], "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
        ([1, 1, 1, 1], "0:1:0:1:0:1:0:1"),
        ([0x64_FF9B, 0, 0, 0xC000_0221], "64:ff9b::c000:221"),
        ([0xFF02_0000, 0, 0x1, 0xFF00_0042], "ff02::1:ff00:42"),
        ([0x100_0000, 0, 0xABCD_0000, 0], "100::abcd:0:0:0"),
    ]

    @Test("IPv6 as Python writes it, and back", arguments: sixes)
    func six(_ words: [UInt32], _ text: String) {
        #expect(IPAddressText.text(of: words) == text)
        #expect(IPAddressText.words(of: text) == words)
    }

    @Test(
        "IPv4, and back",
        arguments: [(UInt32(0), "0.0.0.0"), (.max, "255.255.255.255"), (0xC0A8_0105, "192.168.1.5")])
    func four(_ word: UInt32, _ text: String) {
        #expect(IPAddressText.text(of: [word]) == text)
        #expect(IPAddressText.words(of: text) == [word])
    }

    @Test("Bytes in network order")
    func bytes() {
        #expect(ipText([10, 0, 0, 1]) == "10.0.0.1")
        #expect(ipText([0xFE, 0x80] + Array(repeating: 0, count: 13) + [1]) == "fe80::1")
    }

    @Test("IPv4 in IPv6 is told in dotted quads where a person reads it")
    func mapped() {
        let zeros: [UInt8] = Array(repeating: 0, count: 10)
        #expect(ipText(zeros + [0xFF, 0xFF, 127, 0, 0, 1]) == "::ffff:127.0.0.1")
        #expect(ipText(zeros + [0xFF, 0xFF, 0, 0, 0, 0]) == "::ffff:0.0.0.0")
        #expect(ipText(zeros + [0xFF, 0xFE, 127, 0, 0, 1]) == "::fffe:7f00:1")
        #expect(ipText(zeros + [0, 0, 127, 0, 0, 1]) == "::7f00:1")
    }

    @Test(
        "Other spellings of an address",
        arguments: [
            ("1:2:3:4:5:6:7::", [0x10002, 0x30004, 0x50006, 0x70000]), ("FE80::A", [0xFE80_0000, 0, 0, 0xA]),
            ("0:0:0:0:0:0:0:1", [0, 0, 0, 1]), ("::0001", [0, 0, 0, 1]),
            ("::ffff:192.0.2.1", [0, 0, 0xFFFF, 0xC000_0201]), ("::192.0.2.1", [0, 0, 0, 0xC000_0201]),
            ("1:2:3:4:5:6:192.0.2.1", [0x10002, 0x30004, 0x50006, 0xC000_0201] as [UInt32]),
        ])
    func otherSpellings(_ text: String, _ words: [UInt32]) {
        #expect(IPAddressText.words(of: text) == words)
    }

    @Test(
        "What is no address",
        arguments: [
            "", "1.2.3", "1.2.3.4.5", "256.1.1.1", "1..2.3", "+1.2.3.4", "-0.1.2.3", "1.2.3.4 ", "a.b.c.d", ":", ":::",
            "1::2::3", "12345::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", ":1:2:3:4:5:6:7", "1:2:3:4:5:6:7:",
            "1:2:3:4::5:6:7:8", "+1::", "-0::", "g::", "::1::", "::1%eth0", "1.2.3.4::", "::1.2.3.4:5", "::1.2.3",
            "1:2:3:4:5:6:7:1.2.3.4", "１.2.3.4",
        ])
    func noAddress(_ text: String) {
        #expect(IPAddressText.words(of: text) == nil)
    }

    @Test("Random addresses come back")
    func randomAddresses() {
        var generator = SeededGenerator(printingSeedFor: "IP addresses")
        for _ in 0..<2000 {
            let groups = (0..<8).map { _ in Bool.random(using: &generator) ? 0 : UInt32(generator.next() & 0xFFFF) }
            let words = (0..<4).map { groups[$0 * 2] << 16 | groups[$0 * 2 + 1] }
            #expect(IPAddressText.words(of: IPAddressText.text(of: words)) == words)
        }
    }
}
