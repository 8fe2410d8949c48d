import CRIUImages
import CheckpointTestSupport
import Foundation
import Testing

@Suite("mounts, network, namespaces, ipc and cgroups")
struct NamespaceCommandTests {
    private static let commands = ["mounts", "network", "namespaces", "ipc", "cgroups"]

    @Test("The same text each time, without a warning", arguments: commands, ["container", "tree", "s390x", "chain/3"])
    func text(_ command: String, _ scenario: String) throws {
        let run = try cryoscope(command, images(scenario))
        #expect(run.status == 0 && run.errorText == "" && !run.output.isEmpty)
        #expect(try cryoscope(command, images(scenario)).output == run.output)
        #expect(!run.outputText.split(separator: "\n").contains { $0.hasSuffix(" ") })
    }

    @Test("Lines that tell what the workload made")
    func lines() throws {
        let expected = [
            "namespaces": ["uts     12  root      host forensic-box, domain example.test                    1-5"],
            "mounts": [
                "440  ├─ /tmp            tmpfs   0:149   scratch   rw,nosuid,nodev,noatime          3 files, 53 B; size=1024k"
            ],
            "network": [
                "  3  veth1  veth       1500  02:00:00:00:00:11  peer veth0, part of br0         BROADCAST,MULTICAST,UP,RUNNING,LOWER_UP",
                "veth0   10.77.1.2 peer 10.77.1.1/32   global  label veth0",
                "  default via 10.77.0.254 dev br0 metric 50",
                "  blackhole 203.0.113.0/24", "  2001:db8:77::/48 via fd77::fe dev br0 metric 1024 pref medium",
                "  32765: from all fwmark 0x7 lookup 77", "*         counter packets 0 bytes 0 jump CRIU",
            ],
            "ipc": [
                "   9     9  bin\\x00ary\\xff\\n",
                "0x5eed0001   0  640    0:0    0:0      12288          1 at 0x7f480c333000",
                "00001000  61 74 74 61 63 68 65 64  20 53 79 73 74 65 6d 20  |attached System |",
                "0x5e3a0001   0  600    0:0    0:0          3  5 0 31",
            ],
            "cgroups": ["cpuset        1-5        cpuset.cpus=0-1  and 13 usual"],
        ]
        for (command, lines) in expected {
            let output = try cryoscope(command, images("container")).outputText.split(separator: "\n").map(String.init)
            for line in lines { #expect(output.contains(line), "\(command): \(line)") }
        }
    }

    @Test("Only the namespaces of the processes that were asked for")
    func selection() throws {
        func headings(_ command: String, _ arguments: String...) throws -> [Substring] {
            try cryoscope([command, images("container")] + arguments).outputText.split(separator: "\n")
                .filter { $0.contains(" namespace ") && $0.contains(", process") }
        }
        #expect(try headings("network").count == 2)
        #expect(try headings("network", "--pid", "3") == ["network namespace 16 (nested), process 3"])
        #expect(try headings("mounts", "--pid", "4") == ["mount namespace 17 (nested), process 4"])
        #expect(try headings("mounts", "--pid", "4", "--pid", "5").count == 2)
        #expect(try cryoscope("ipc", images("container"), "--pid", "77").status == 2)
    }

    @Test("The files of each tmpfs, if asked for")
    func content() throws {
        let run = try cryoscope("mounts", images("container"), "--content", "--pid", "4")
        #expect(run.outputText.contains("content of /mnt/inner\n"))
        #expect(run.outputText.contains("link -> notes.txt\n") && run.outputText.contains("zero (1:5)\n"))
        #expect(try !cryoscope("mounts", images("container")).outputText.contains("notes.txt"))
    }

    @Test("What was not dumped says so")
    func reasons() throws {
        let archive = Scenario.fixtures.appending(path: "archives/redis-before.tar.zst").path
        let network = try cryoscope("network", archive).outputText
        #expect(network.contains("the network namespace was not dumped: it comes from outside, as extRootNetNS"))
        #expect(network.contains("eth0 with 10.88.0.24/16 by way of 10.88.0.1, hardware address fa:0d:09:46:95:21"))
        let shared = try cryoscope("mounts", images("tree")).outputText
        #expect(shared.contains("none: the mount namespace was not dumped: it is shared with the host"))
        #expect(try cryoscope("cgroups", images("arm64")).outputText == "none: cgroup.img is not there\n")
    }

    @Test("The same facts as JSON")
    func json() throws {
        let filter = """
            [(.network_namespaces[0].routes4[] | select(.metric == 50) | .hops[0].gateway),
             (.network_namespaces[0].devices[] | select(.kind == "tun") | .tun.user),
             (.network_namespaces[0].firewall[] | .lines[] | select(.criu_trace) | 1)] | length
            """
        let run = try shell(
            #""$cryoscope" network "$images" --json | jq '\#(filter)'"#, environment: ["images": images("container")])
        #expect(run.outputText == "14\n")
        let lines = try shell(
            #""$cryoscope" export "$images" --format ndjson | jq -r 'select(.record == "message_queue" or .record == "tmpfs_file" and .name == "only-here") | .namespace'"#,
            environment: ["images": images("container")])
        #expect(lines.outputText == "17\n11\n")
    }

    @Test("Names and texts that would act on a terminal do not reach it")
    func hostile() throws {
        let folder = try ScratchFolder(
            copyOf: Scenario.named("container"), without: ["nftables-10.img", "utsns-12.img"])
        try folder.write("nftables-10.img", Array("table \u{1B}[31m\u{202E} {\r\n".utf8))
        let names = MessageBuilder().text(1, "\u{1B}]0;x\u{7}").text(2, "\u{202E}")
        try folder.write("utsns-12.img", ImageBuilder(.utsns).entry(names).bytes)
        for command in NamespaceCommandTests.commands {
            let output = try cryoscope(command, folder.path).output
            #expect(!output.contains { $0 < 0x20 && $0 != 0x0A } && !output.contains(0x7F), "\(command)")
            #expect(!String(decoding: output, as: UTF8.self).contains("\u{202E}"))
        }
    }

    @Test("Damaged images are reported, and the rest is shown")
    func damage() throws {
        let folder = try ScratchFolder(copyOf: Scenario.named("container"))
        for name in ["ifaddr-10.img", "mountpoints-14.img", "ipcns-msg-11.img", "tmpfs-dev-149.tar.gz.img"] {
            try folder.write(name, Array(folder.bytes(name).dropLast(7)))
        }
        let lines = [
            ("network", "ifaddr-10.img"), ("mounts", "mountpoints-14.img"), ("mounts", "tmpfs-dev-149.tar.gz.img"),
            ("ipc", "ipcns-msg-11.img"),
        ]
        for (command, image) in lines {
            let run = try cryoscope(command, folder.path)
            #expect(run.status == 2 && run.errorLines.contains { $0.contains(image) }, "\(command): \(run.errorText)")
            #expect(run.outputText.contains("namespace"))
        }
        #expect(try cryoscope("network", folder.path).outputText.contains("fe80::ff:fe00:11/64"))
        #expect(try cryoscope("mounts", folder.path).outputText.contains("/mnt/external"))
    }
}
