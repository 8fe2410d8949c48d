import CheckpointTestSupport
import Foundation
import Testing

@Suite("container")
struct ContainerTests {
    private static let archives = ["shelltree.tar", "shelltree.tar.gz", "shelltree.tar.zst"]
    private let folder = Scenario.fixtures.appending(path: "archives")

    @Test("What a person reads of an archive", arguments: archives)
    func text(_ name: String) throws {
        let run = try cryoscope("container", name, in: folder)
        #expect(run.status == 0 && run.errorText == "")
        for line in [
            "container     web", "engine        Podman (io.container.manager in spec.dump is libpod)",
            "image         localhost/bbox:latest, asked for as localhost/bbox", "runtime       runc",
            "user          0:0, umask 0022", "stop signal   SIGTERM", "  API_TOKEN=not-a-real-secret",
            "podman   eth0       82:5b:cb:e5:69:58  10.88.0.1  10.88.0.23/16", "privileged    no",
            "changes of the root file system: 4 added or changed, 1 deleted", "/dev/shm: empty",
            "log: ctr.log (k8s-file)", "  2026-11-23T20:05:52.621432010+00:00 stdout hello", "volume notes",
        ] {
            #expect(run.outputText.split(separator: "\n").contains(Substring(line)), "\(line)")
        }
        #expect(run.outputText.contains("checkpointed  time not recorded; images written 2026-11-23T20:05:5"))
        #expect(run.outputText.contains("deleted  -           -         -  -                     /bin/true\n"))
    }

    @Test("The same of each compression, but for what differs between the dumps")
    func same() throws {
        let differing = ["checkpoint ", "checkpointed ", "run id ", "times ", "outcome "]
        let texts = try Self.archives.map { name in
            try cryoscope("container", name, in: folder).outputText.split(separator: "\n").filter { line in
                !differing.contains { line.hasPrefix($0) }
            }
        }
        #expect(texts[0] == texts[1] && texts[1] == texts[2] && texts[0].count > 60)
    }

    @Test("The same as JSON", arguments: archives)
    func json(_ name: String) throws {
        let run = try cryoscope("container", name, "--json", in: folder)
        #expect(run.status == 0)
        let document = try object(run)
        let container = try #require(document["container"] as? [String: Any])
        #expect(container["name"] as? String == "web" && container["engine"] as? String == "Podman")
        let process = try #require(container["process"] as? [String: Any])
        #expect((process["environment"] as? [String])?.first == "API_TOKEN=not-a-real-secret")
        #expect((container["networks"] as? [[String: Any]])?.first?["mac_address"] as? String == "82:5b:cb:e5:69:58")
        let changes = try #require((document["file_system_changes"] as? [String: Any])?["changes"] as? [[String: Any]])
        #expect(changes.map { $0["change"] as? String } == ["deleted", "written", "written", "written", "written"])
        let volume = try #require((document["volumes"] as? [[String: Any]])?.first)
        #expect(volume["name"] as? String == "notes")
        #expect((document["container_log"] as? [String: Any])?["line_count"] as? Int == 1)
        #expect((document["standard_streams"] as? [String])?.first == "/dev/null")
    }

    @Test("No secret is left when masked")
    func redacted() throws {
        let text = try cryoscope("export", "shelltree.tar", "--redact", in: folder).outputText
        #expect(text.contains("API_TOKEN=[redacted: 17 bytes]") && !text.contains("not-a-real-secret"))
    }

    @Test("Without an engine it is said, and how the dump went is shown")
    func bare() throws {
        let run = try cryoscope("container", "chain/3", in: Scenario.fixtures)
        #expect(run.status == 0)
        let lines = run.outputText.split(separator: "\n")
        for line in [
            "container     none known: no metadata of a container engine is beside the images",
            "outcome       the dump succeeded, as its log says", "made on       forensics", "criu          3.17.1",
            "network lock  nftables", "uptime        20 s", "log           dump.log: 2 errors, 2 warnings",
            "pages         1515 looked at, 234 unchanged since the parent, 72 written, 0 left behind",
            "shared pages  20 looked at, 0 unchanged since the parent, 12 written",
        ] {
            #expect(lines.contains(Substring(line)), "\(line)")
        }
        #expect(lines.contains { $0.hasPrefix("  error line ") && $0.contains("criu/page-xfer.c:392: ") })
    }

    @Test("A failed dump is said plainly, by show too")
    func failed() throws {
        let scratch = try ScratchFolder(copyOf: .named("crash"))
        try scratch.write(
            "dump.log", Array("(00.1) x\n(00.200000) Error (criu/cr-dump.c:2128): Dumping FAILED.\n".utf8))
        for command in ["container", "show"] {
            let run = try cryoscope(command, scratch.path)
            #expect(run.status == 2)
            #expect(run.outputText.contains("THE DUMP FAILED: the images are what had been written by then\n"))
            #expect(run.errorText.contains("dump.log: the dump failed"))
        }
    }

    @Test("show names what is most telling", arguments: archives)
    func overview(_ name: String) throws {
        let lines = try cryoscope("show", name, in: folder).outputText.split(separator: "\n")
        #expect(lines.contains("container   web (Podman)") && lines.contains("addresses   10.88.0.23/16"))
        #expect(lines.contains("root fs     4 added or changed, 1 deleted"))
    }

    @Test("Names that a program chose reach no terminal as they are")
    func hostile() throws {
        let scratch = try ScratchFolder(copyOf: .named("crash"))
        let evil = #"\u001b[2J\u202e\n"#
        try scratch.write(
            "config.dump", Array(#"{"id": "\#(evil)", "name": "\#(evil)", "createdTime": "\#(evil)"}"#.utf8))
        try scratch.write(
            "spec.dump",
            Array(
                """
                {"hostname": "\(evil)", "process": {"args": ["\(evil)"], "env": ["\(evil)=\(evil)"], "cwd": "\(evil)"},
                 "annotations": {"\(evil)": "\(evil)"}, "mounts": [{"destination": "\(evil)", "source": "\(evil)",
                 "type": "\(evil)"}], "linux": {"namespaces": [{"type": "\(evil)", "path": "\(evil)"}], "cgroupsPath": "\(evil)"}}
                """.utf8))
        try scratch.write("deleted.files", Array(#"["\#(evil)"]"#.utf8))
        try scratch.write("ctr.log", Array("\u{1B}[2J\u{202E}\n".utf8))
        try scratch.write("dump.log", Array("Error (\u{1B}[2J:1): \u{202E}\n".utf8))
        for command in [["container"], ["container", "--json"], ["show"]] {
            let run = try cryoscope(command + [scratch.path])
            #expect(!run.outputText.contains("\u{1B}") && !run.outputText.contains("\u{202E}"), "\(command)")
            #expect(!run.errorText.contains("\u{1B}") && !run.errorText.contains("\u{202E}"), "\(command)")
        }
    }

    private func object(_ run: ToolRun) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(run.output)) as? [String: Any])
    }
}
