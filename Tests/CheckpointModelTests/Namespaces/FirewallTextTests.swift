import EvidenceText
import Testing

@testable import CheckpointModel

/// Which lines of rules have the form of CRIU's own.
@Suite("Lines of packet filters")
struct FirewallTextTests {
    private func marked(_ text: String, _ tool: FirewallText.Tool) -> [String] {
        FirewallText.lines(Array(text.utf8), tool).filter(\.isTraceOfCRIU).map { $0.text.string ?? "?" }
    }

    @Test("The chain of iptables, the jumps to it, and rules for single connections")
    func iptables() {
        let text = """
            *filter
            :INPUT ACCEPT [0:0]
            :CRIU - [0:0]
            -A INPUT -j CRIU
            -A INPUT -p tcp -s 10.0.0.1 -m mark ! --mark 0xc114 -j DROP
            -A INPUT -p tcp --dport 22 -m comment --comment "CRIU" -j DROP
            -A CRIU -m mark --mark 0xc114/0xffffffff -j ACCEPT
            -A CRIU -j DROP
            [1:2] -A OUTPUT -j CRIU
            -A CRIUX -j ACCEPT
            COMMIT
            """
        #expect(
            marked(text, .iptables) == [
                ":CRIU - [0:0]", "-A INPUT -j CRIU", "-A INPUT -p tcp -s 10.0.0.1 -m mark ! --mark 0xc114 -j DROP",
                "-A CRIU -m mark --mark 0xc114/0xffffffff -j ACCEPT", "-A CRIU -j DROP", "[1:2] -A OUTPUT -j CRIU",
            ])
        #expect(marked(text, .ip6tables) == marked(text, .iptables))
    }

    @Test("The table of nftables, all of it, and nothing behind it")
    func nftables() {
        let text = """
            table inet CRIU-9b19e9d7 {
            \tchain output {
            \t\ttype filter hook output priority filter; policy drop;
            \t\tmeta mark 0x0000c114 accept
            \t}
            }
            table inet mine {
            \tchain CRIUX {
            \t\tjump CRIUX
            \t}
            }
            """
        #expect(marked(text, .nftables).count == 6)
        #expect(marked(text, .nftables).last == "}")
    }

    @Test(
        "Braces that do not match, and bytes that are not UTF-8", arguments: ["}\n}\n}\n", "chain CRIU {\n", "{\n{\n"])
    func braces(_ text: String) {
        let lines = FirewallText.lines(Array(text.utf8) + [0xFF, 0x0A, 0x00], .nftables)
        #expect(lines.last?.text == ByteText([0]) && lines.dropLast().last?.text == ByteText([0xFF]))
    }

    @Test("No lines of an empty text, and a last line without its end")
    func ends() {
        #expect(FirewallText.lines([], .iptables).isEmpty)
        #expect(FirewallText.lines(Array("a\nb".utf8), .iptables).map(\.text) == ["a", "b"])
    }
}
