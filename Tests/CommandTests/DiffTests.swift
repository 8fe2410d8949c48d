import CheckpointTestSupport
import Foundation
import Testing

/// `diff` of the bundled checkpoints, against what their workloads said that they changed.
@Suite("What changed between two checkpoints")
struct DiffTests {
    private static let before = images("diff-before")
    private static let after = images("diff-after")

    // MARK: Truth

    @Test("The processes that came, went and changed are the true ones")
    func processes() throws {
        let found = try DiffRun(Self.before, Self.after)
        #expect(found.status == 1)
        #expect(found.pids("process", "appeared", whole: true) == [6068])
        #expect(found.pids("process", "gone", whole: true) == [6012])
        #expect(found.first(["pid": 6068])?.after(["name"]) as? String == "newborn")
        #expect(found.first(["pid": 6012])?.before(["name"]) as? String == "goner")
        #expect(found.change(6009, "name") == .init("diff", "diff-stage2"))
        #expect(found.change(6011, "name") == .init("worker", "worker-v2"))
        #expect(
            found.change(6011, "current_directory") == .init("/srv/forensics/diff", "/srv/forensics/diff/elsewhere"))
        let thread = found.first(["pid": 6009, "tid": 6069])
        #expect(thread?.kind == "appeared" && thread?.after(["name"]) as? String == "late-thread")
        for (kind, id) in [("uid", 2001), ("gid", 3001)] {
            let ids = try #require(found.changes.first { $0.path == ["credentials", kind] && $0.pid == 6011 })
            for sort in ["real", "effective", "saved", "fs"] {
                #expect(ids.before([sort]) as? Int == 0 && ids.after([sort]) as? Int == id)
            }
        }
    }

    @Test("Of properties, only those differ that the workload changed, or that follow from them")
    func properties() throws {
        let found = try DiffRun(Self.before, Self.after, "--only", "processes,environment,signals")
        let paths = Set(
            found.changes.filter { $0.subject != "process" || !$0.path.isEmpty }.map { change in
                "\(change.pid ?? 0) " + change.path.joined(separator: ".")
            })
        #expect(
            paths == [
                "6009 name", "6011 name", "6009 signals.actions.SIGTERM", "6009 blocked",
                // The C library handles it since there is a second thread.
                "6009 signals.actions.SIG33",
                "6011 credentials.uid", "6011 credentials.gid",
                // What giving up user id 0 comes with.
                "6011 credentials.capabilities.permitted", "6011 credentials.capabilities.effective",
                "6011 properties.task_flags", "6011 properties.dumpable",
            ])
        let blocked = try #require(found.changes.first { $0.path == ["blocked"] })
        #expect(blocked.before(["names"]) as? [String] == ["SIGUSR1"])
        #expect(blocked.after(["names"]) as? [String] == ["SIGUSR1", "SIGUSR2", "SIGRTMIN+1"])
        let action = try #require(found.changes.first { $0.path == ["signals", "actions", "SIGTERM"] })
        #expect(action.kind == "appeared" && action.after(["action"]) as? String == "ignore")
    }

    @Test("The descriptors and files that differ are the true ones, and no others")
    func files() throws {
        let found = try DiffRun(Self.before, Self.after, "--only", "files")
        let descriptors = found.changes.filter { $0.subject == "descriptor" }
        #expect(
            Set(descriptors.map { "\($0.fd ?? 0) \($0.kind)" }) == [
                "5 changed", "6 changed", "13 changed", "14 gone", "60 appeared",
            ])
        #expect(descriptors.allSatisfy { $0.pid == 6009 })
        let replaced = try #require(descriptors.first { $0.fd == 6 })
        #expect((replaced.before(["target"]) as? String)?.hasSuffix("/replaced-1.txt") == true)
        #expect((replaced.after(["target"]) as? String)?.hasSuffix("/replaced-2.txt") == true)
        let opened = try #require(descriptors.first { $0.fd == 60 })
        #expect(opened.after(["target"]) as? String == "/srv/forensics/diff/opened.txt")
        // 1 is the log that the workload writes to.
        let files = found.changes.filter { $0.subject == "file" }
        #expect(
            Set(files.map { "\($0.fd ?? 0) " + $0.path.joined(separator: ".") }) == [
                "1 position", "4 position", "7 flags", "8 pipe_content.unread",
            ])
        let position = try #require(files.first { $0.fd == 4 })
        #expect(position.object["before"] as? Int == 0 && position.object["after"] as? Int == 500)
        let flags = files.first { $0.fd == 7 }?.object["after_names"] as? [String]
        #expect(flags?.contains("O_APPEND") == true && flags?.contains("O_NONBLOCK") == true)
        let pipe = try #require(files.first { $0.fd == 8 })
        #expect(pipe.text("before") == "before" && pipe.text("after") == "before-after")
    }

    @Test("The connections that differ are the true ones, and no others")
    func sockets() throws {
        let found = try DiffRun(Self.before, Self.after, "--only", "sockets")
        #expect(found.changes.allSatisfy { $0.subject == "socket" })
        let opened = found.changes.filter { $0.kind == "appeared" }
        #expect(Set(opened.compactMap(\.fd)) == [5, 13] && opened.allSatisfy { $0.file.contains("40002") })
        let queue = try #require(found.changes.first { $0.path == ["stream", "received"] })
        #expect(queue.fd == 12 && queue.text("after") == "first request;second request;")
        // The old connection is closed in one process only: the child still has it.
        #expect(!found.changes.contains { $0.kind == "gone" })
        let rest = found.changes.filter { $0.kind == "changed" && $0.fd != 11 && $0.fd != 12 }
        #expect(rest.allSatisfy { $0.object["cause"] as? String == "window-probe" })
    }

    @Test("The areas and pages that differ are the true ones, each page with its address")
    func memory() throws {
        let found = try DiffRun(Self.before, Self.after, "--only", "memory")
        let areas = found.changes.filter { $0.subject == "area" }
        #expect(areas.contains { $0.path == ["mapped"] && $0.start == "0x7f8f176ac000" && $0.end == "0x7f8f176af000" })
        #expect(
            areas.contains { $0.path == ["unmapped"] && $0.start == "0x7f8f176b5000" && $0.end == "0x7f8f176b7000" })
        #expect(
            areas.contains { $0.path == ["protected"] && $0.start == "0x7f8f176b8000" && $0.end == "0x7f8f176ba000" })
        #expect(areas.contains { $0.path == ["grown"] && $0.start == "0x560855633000" })
        let pages = found.changes.filter { $0.subject == "pages" && $0.pid == 6009 }
        for page in ["0x7f8f178a3000", "0x7f8f178a6000", "0x7f8f178a8000"] {
            #expect(pages.contains { $0.start == page && $0.object["page_count"] as? Int == 1 })
        }
        #expect(!pages.contains { $0.start == "0x7f8f178a4000" })
        #expect(found.changes.contains { $0.pid == 6011 && $0.start == "0x7f8f176ae000" })
    }

    @Test("Of two dumps of a Redis server, memory differs, with the changed key in the bytes, and threads")
    func redis() throws {
        let archives = ["before", "after"].map {
            Scenario.fixtures.appending(path: "archives/redis-\($0).tar.zst").path
        }
        let found = try DiffRun(archives[0], archives[1])
        #expect(Set(found.changes.map(\.topic)) == ["checkpoint", "threads", "memory"])
        #expect(found.changes.contains { $0.subject == "area" && ["mapped", "grown"].contains($0.path.first) })
        let text = try cryoscope("diff", archives[0], archives[1], "--only", "memory", "--bytes").outputText
        let lines = text.split(separator: "\n")
        #expect(lines.contains { $0.hasPrefix("      - ") && $0.contains("alice-before") })
        #expect(lines.contains { $0.hasPrefix("      + ") && $0.contains("alice-after") })
    }

    @Test("Between the levels of a chain only pages differ", arguments: [("1", "2"), ("2", "3"), ("1", "3")])
    func chain(_ levels: (String, String)) throws {
        let found = try DiffRun(images("chain/\(levels.0)"), images("chain/\(levels.1)"))
        let known = found.changes.filter { $0.kind != "unknown" && $0.topic != "checkpoint" }
        #expect(!known.isEmpty && known.allSatisfy { $0.topic == "memory" && $0.subject == "pages" })
        #expect(found.status == 1)
        // The dropped page is gone in the last one only.
        let isGone = known.contains { $0.kind == "gone" && $0.object["pages_pid"] as? Int == 403 }
        #expect(isGone == (levels.1 == "3"))
    }

    @Test("A child that was forked can be compared with its parent")
    func pair() throws {
        let dump = images("chain/3")
        let found = try DiffRun(dump + ":403", dump + ":406")
        #expect(found.change(406, "name") == .init("wl-main", "wl-child"))
        #expect(found.changes.allSatisfy { $0.pid == 406 && $0.object["pid_before"] as? Int == 403 })
        #expect(found.changes.contains { $0.subject == "pages" && $0.kind == "changed" })
        #expect(!found.changes.contains { $0.path == ["pgid"] })
        #expect(try cryoscope("diff", dump + ":403", dump).status == 64)
        #expect(try cryoscope("diff", dump + ":403", dump + ":1").status == 2)
    }

    // MARK: Nothing but differences

    private static let all =
        (Scenario.recorded + ["chain/1", "chain/2", "chain/3", "arm64", "s390x", "ppc64el"]).map { images($0) }
        + ["shelltree.tar", "shelltree.tar.gz", "redis-before.tar.zst"].map {
            Scenario.fixtures.appending(path: "archives/\($0)").path
        }

    @Test("A checkpoint does not differ from itself", arguments: all)
    func itself(_ path: String) throws {
        // By another path, so that it is opened twice.
        let folder = try ScratchFolder()
        try folder.link("same", to: path)
        for other in [path, folder.path("same")] {
            let run = try cryoscope("diff", path, other)
            #expect(
                run.status == 0 && run.outputText.hasSuffix("Result        no difference\n") && run.errorText.isEmpty)
        }
        #expect(try DiffRun(path, folder.path("same")).changes.isEmpty)
    }

    @Test(
        "The sides exchanged give the same, the other way round",
        arguments: [
            ("diff-before", "diff-after"), ("chain/1", "chain/2"), ("chain/2", "chain/3"), ("crash", "crash-nofp"),
            ("tree", "files"), ("container", "sockets"),
        ])
    func mirror(_ names: (String, String)) throws {
        let one = try DiffRun(images(names.0), images(names.1))
        let other = try DiffRun(images(names.1), images(names.0))
        #expect(one.changes.map(\.fingerprint).sorted() == other.changes.map(\.mirrored.fingerprint).sorted())
    }

    @Test("The same input gives the same bytes")
    func deterministic() throws {
        let runs = try (0..<3).map { _ in try cryoscope("diff", Self.before, Self.after, "--json").output }
        #expect(Set(runs).count == 1)
    }

    // MARK: Options

    @Test("--unchanged tells what is the same, --only and --pid leave out the rest")
    func options() throws {
        let unchanged = try DiffRun(Self.before, Self.after, "--unchanged", "--only", "processes")
        #expect(unchanged.changes.contains { $0.kind == "same" && $0.pid == 6010 && $0.path == ["executable"] })
        let one = try DiffRun(Self.before, Self.after, "--pid", "6011")
        #expect(!one.changes.isEmpty && one.changes.allSatisfy { $0.pid == 6011 })
        let memory = ["diff", Self.before, Self.after, "--pid", "6010", "--only", "memory"]
        let same = try cryoscope(memory + ["--ignore-criu"])
        #expect(same.status == 0 && same.outputText.contains("no difference"))
        #expect(try cryoscope(memory).status == 1)
        #expect(try cryoscope("diff", Self.before, Self.after, "--pid", "1").status == 2)
        #expect(try cryoscope("diff", Self.before, Self.after, "--only", "nothing").status == 64)
    }

    @Test("Text begins with a summary, and tells of processes in the order of the tree")
    func text() throws {
        let lines = try cryoscope("diff", Self.before, Self.after).outputText.split(separator: "\n").map(String.init)
        #expect(lines[0].hasPrefix("Before") && lines[1].hasPrefix("After"))
        #expect(lines.contains("processes     1 appeared, 1 gone, 2 changed"))
        let headings = lines.filter { $0.dropFirst(2).hasPrefix("Process") }.map { $0.prefix(14) }
        #expect(headings == ["~ Process 6009", "~ Process 6010", "~ Process 6011", "+ Process 6068", "- Process 6012"])
    }

    @Test("Documents and lines are valid by their schema, and hold the same differences")
    func schema() throws {
        let folder = try ScratchFolder()
        for (index, pair) in [("diff-before", "diff-after"), ("chain/2", "chain/3"), ("tree", "container")].enumerated()
        {
            let arguments = ["diff", images(pair.0), images(pair.1), "--unchanged"]
            try folder.write("\(index).json", cryoscope(arguments + ["--json"]).output)
            try folder.write("\(index).ndjson", cryoscope(arguments + ["--ndjson"]).output)
            let document = try DiffRun(images(pair.0), images(pair.1), "--unchanged")
            let lines = try folder.bytes("\(index).ndjson").split(separator: 0x0A)
            #expect(
                lines.filter { String(decoding: $0, as: UTF8.self).hasPrefix("{\"record\": \"change\"") }.count
                    == document.changes.count)
        }
        try validate(["json"], in: folder, by: cryoscope("schema", "--diff").output)
        try validate(["ndjson"], in: folder, by: cryoscope("schema", "--diff", "--format", "ndjson").output)
    }

    private func validate(_ endings: [String], in folder: ScratchFolder, by schema: [UInt8]) throws {
        let root = Scenario.fixtures.deletingLastPathComponent()
        try folder.write("schema.json", schema)
        let files = (0..<3).flatMap { index in endings.map { folder.path("\(index).\($0)") } }
        let run = try ToolRun(
            root.appending(path: ".build/python/bin/python"),
            [root.appending(path: "Scripts/validate.py").path, folder.path("schema.json")] + files)
        #expect(run.status == 0, "\(run.outputText.prefix(1000))\(run.errorText.prefix(1000))")
    }

    // MARK: Damage

    @Test("Damage is told, the rest is compared, and the status says so")
    func damage() throws {
        let folder = try ScratchFolder()
        let copy = folder.path("copy")
        try FileManager.default.copyItem(atPath: Self.after, toPath: copy)
        try FileManager.default.removeItem(atPath: copy + "/core-6011.img")
        let run = try cryoscope("diff", Self.before, copy, "--json")
        #expect(run.status == 2 && run.errorText.contains("core-6011.img"))
        let found = try DiffRun(run)
        #expect(found.change(6009, "name") == .init("diff", "diff-stage2"))
        let unknown = found.changes.filter { $0.kind == "unknown" && $0.pid == 6011 }
        #expect(unknown.contains { $0.path.first == "name" && $0.object["unknown_side"] as? String == "after" })
        #expect(try cryoscope("diff", Self.before, folder.path("nowhere")).status == 2)
    }
}
