import CheckpointTestSupport
import Foundation
import Testing

@Suite("The commands below memory")
struct MemoryCommandTests {
    private let images = Scenario.named("memory").folder.path

    private func memory(_ arguments: String...) throws -> ToolRun { try cryoscope(["memory"] + arguments) }

    @Test("map counts pages, and says why others are absent")
    func map() throws {
        let run = try memory("map", images, "--pid", "4835")
        #expect(run.status == 0 && run.errorText == "")
        let lines = run.outputText.split(separator: "\n")
        #expect(lines[0] == "process 4835 memory, pages of 4 KiB")
        let large = try #require(lines.first { $0.hasPrefix("7f6157600000-") })
        #expect(
            large.split(separator: " ").dropFirst(2) == ["3", "-", "-", "-", "-", "262141", "-", "never", "touched"])
        let zeros = try #require(lines.first { $0.hasPrefix("7f6197796000-") })
        #expect(zeros.split(separator: " ").dropFirst(2).prefix(7) == ["3", "-", "-", "-", "-", "5", "2"])
        let parents = try memory("map", Scenario.named("chain/3").folder.path)
        #expect(parents.status == 0 && parents.outputText.contains("PARENT"))
        #expect(try isJSON(memory("map", images, "--json").output))
    }

    @Test("read prints lines as hexdump does, and the source of each stretch")
    func read() throws {
        let run = try memory("read", images, "--pid", "4835", "0x7f61977a0ff5", "29")
        #expect(run.status == 0)
        #expect(
            run.outputText == """
                # rw-p anonymous: pages-3.img at 0x21ff5
                7f61977a0ff5                 53 54 52  41 44 44 4c 45 53 2d 54  |     STRADDLES-T|
                7f61977a1000  57 4f 2d 50 41 47 45 53  2d 73 65 63 72 65 74 2d  |WO-PAGES-secret-|
                7f61977a1010  30 35                                             |05|

                """)
        let raw = try memory("read", images, "--pid", "4835", "0x7f61977a0ff5", "29", "--raw")
        #expect(raw.status == 0 && raw.outputText == "STRADDLES-TWO-PAGES-secret-05")
        #expect(try isJSON(memory("read", images, "--pid", "4835", "0x7f61977a0ff5", "1M", "--json").output))
    }

    @Test("Only lines that are equal are left out, and they are counted")
    func repeated() throws {
        let run = try memory("read", images, "--pid", "4835", "0x7f61977a0000", "8K")
        let lines = run.outputText.split(separator: "\n").filter { !$0.hasPrefix("#") }
        let counted = lines.reduce(0) { sum, line in
            sum + (line.hasPrefix("*") ? Int(line.split(separator: " ")[1]) ?? 0 : 1)
        }
        #expect(counted == 512)
        let shown = lines.filter { !$0.hasPrefix("*") }
        #expect(zip(shown, shown.dropFirst()).allSatisfy { $0.dropFirst(12) != $1.dropFirst(12) })
    }

    @Test("Absent bytes are never zeros")
    func absent() throws {
        let run = try memory("read", images, "--pid", "4835", "0x7f6157601000", "256M")
        #expect(run.status == 0)
        let lines = run.outputText.split(separator: "\n")
        #expect(lines[0] == "# rw-p anonymous: absent: never touched, the process read zeros")
        #expect(lines[1].hasPrefix("7f6157601000  -- -- -- --"))
        #expect(lines[2].hasPrefix("*  "))
        #expect(!run.outputText.contains("00 00"))
        let raw = try memory("read", images, "--pid", "4835", "0x7f6157600ff0", "32", "--raw")
        #expect(raw.status == 2 && raw.output.isEmpty && raw.errorLines.count == 1)
        #expect(raw.errorText.contains("0x7f6157601000 was never touched"))
    }

    @Test("The page that was given back between the dumps of a chain is absent")
    func dropped() throws {
        let truth = try Scenario.named("chain/3").truth()
        let records = (try JSONSerialization.jsonObject(with: truth) as? [String: Any])?["records"] as? [[String: Any]]
        let region = try #require(records?.first { $0["name"] as? String == "anon_private" })
        let start = try #require((region["start"] as? String).flatMap { UInt64($0.dropFirst(2), radix: 16) })
        let folder = Scenario.named("chain/3").folder.path
        let run = try memory("read", folder, "--pid", "403", String(start + 60 * 4096), "8K")
        #expect(run.outputText.contains("ANON page=000060"[...].prefix(4)))
        #expect(run.outputText.contains("absent: never touched"))
        #expect(run.outputText.contains("--"))
    }

    @Test("search prints a line for each hit, in order")
    func search() throws {
        let run = try memory("search", images, "STRADDLES", "--context", "3")
        #expect(run.status == 0 && run.errorText == "")
        #expect(
            run.outputText.split(separator: "\n").first
                == "4835  7f61977a0ff5  rw-p  anonymous  pages-3.img+0x21ff5  \\x00\\x00\\x00[STRADDLES]-TW")
        #expect(run.outputText.split(separator: "\n").count == 4)
        #expect(try memory("search", images, "STRADDLES", "--context", "3").output == run.output)
        let limited = try memory("search", images, "STRADDLES", "--limit", "1", "--json")
        #expect(limited.outputText.split(separator: "\n").count == 1)
        #expect(limited.errorText == "cryoscope: there are more hits than 1, the limit\n")
        let hit = try JSONSerialization.jsonObject(with: Data(limited.output)) as? [String: Any]
        #expect(hit?["pid"] as? Int == 4835)
        #expect(hit?["address"] as? String == "0x7f61977a0ff5")
        #expect(hit?["image"] as? String == "pages-3.img" && hit?["image_offset"] as? String == "0x21ff5")
    }

    @Test("Of a pre-dump, which has pages without areas, what there is")
    func preDump() throws {
        let folder = Scenario.named("chain/1").folder.path
        let words = "HEAP-PATTERN-00000000"
        let run = try memory("search", folder, words, "--pid", "403", "--context", "0")
        #expect(run.status == 0 && run.errorText == "")
        #expect(run.outputText == "403  000011bef910  ?  pages-1.img+0xe910  [\(words)]\n")
        let hit = try memory("search", folder, words, "--pid", "403", "--json").output
        let members = try JSONSerialization.jsonObject(with: Data(hit)) as? [String: Any]
        #expect(members?["pid"] as? Int == 403 && members?["address"] as? String == "0x11bef910")
        #expect(members?["vma"] == nil && members?["offset"] == nil)
        let strings = try memory("strings", folder).outputText
        #expect(strings.hasPrefix("process 403, pages without areas\n"))
        #expect(strings.contains("000011bef910  \(words)\n"))
        let read = try memory("read", folder, "--pid", "403", "0x11bef910", "21", "--raw")
        #expect(read.status == 0 && read.outputText == words)
        let beside = try memory("read", folder, "--pid", "403", "0x1000", "16").outputText
        #expect(beside.contains("the page map does not list it, and the areas are not known"))
        let extract = try memory("extract", folder, "--pid", "403", "--all", "-o", "/dev/null")
        #expect(extract.status == 2 && extract.errorText.contains("areas of process 403 are not known"))
        #expect(try memory("search", folder, words, "--pid", "404").status == 2)
    }

    @Test("A hit in what is no process says who has it, the offset and the image")
    func contents() throws {
        func search(_ scenario: String, _ words: String) throws -> String {
            try memory("search", Scenario.named(scenario).folder.path, words, "--context", "0").outputText
        }
        #expect(
            try search("files", "content: the")
                == "4736  +0x6  deleted file /srv/forensics/files/ghost-small.txt  ghost-file-1.img  [content: the]\n")
        #expect(
            try search("files", "payload: #!")
                == "4736  +0x6  shared memory 16339 /memfd:secret stage2 (deleted)  pages-1.img+0x6  [payload: #!]\n")
        #expect(
            try search("sockets", "to the child")
                == "4771  +0x6  queued at socket:[4285166]  sk-queues.img  [to the child]\n")
    }

    @Test("search by bytes, expressions and other encodings, in parts of memory")
    func patterns() throws {
        func places(_ arguments: String...) throws -> [String] {
            let run = try cryoscope(["memory", "search", images, "--pid", "4835", "--context", "0"] + arguments)
            #expect(run.status == 0)
            return run.outputText.split(separator: "\n").map { String($0.split(separator: " ")[1]) }
        }
        #expect(try places("--hex", "53 54 52 ?? 44 44").count == 2)
        #expect(try places("--regex", "STRADDLES-[A-Z-]+secret-0[56]") == ["7f61977a0ff5", "7f619798aff7"])
        #expect(
            try places("--utf16", "UTF16-secret", "--range", "0x7f6197660000-0x7f6197661000").first == "7f6197660064")
        #expect(try places("--utf16be", "UTF16-secret", "--vma", "anonymous").contains("7f61976603e9"))
        #expect(try places("--utf16", "--regex", #"UTF[0-9]+-\w+-15 [\x{c0}-\x{200}]"#).contains("7f6197660064"))
        #expect(try places("stack-secret", "--ignore-case", "--vma", "stack").contains("7fffe067be3c") == false)
        #expect(try places("STACK-SECRET", "--vma", "stack") == ["7fffe067be36"])
        #expect(try places("NONE-SECRET", "--protection", "r").isEmpty)
    }

    @Test("An expression that takes too much ends with one line and status 2")
    func hostileExpression() throws {
        let run = try memory("search", images, "--regex", "(C|CC)+(?=[XY])")
        #expect(run.status == 2 && run.output.isEmpty)
        #expect(run.errorLines.count == 1)
        #expect(run.errorText.contains("the search ended near 0x") && run.errorText.contains("takes too"))
    }

    @Test("strings lists addresses")
    func strings() throws {
        let run = try memory("strings", images, "--pid", "4835", "--min", "20")
        #expect(run.status == 0)
        #expect(run.outputText.hasPrefix("process 4835 memory\n"))
        #expect(run.outputText.contains("\n7f61977a0ff5  STRADDLES-TWO-PAGES-secret-05\n"))
        #expect(run.outputText.contains("\n7f619798aff7  STRADDLES-TWO-VMAS-secret-06\n"))
        let wide = try memory("strings", images, "--pid", "4835", "--encoding", "utf16le", "--min", "8")
        #expect(wide.outputText.contains("7f6197660064  UTF16-secret-15 é\n"))
        let lines = try memory("strings", images, "--pid", "4835", "--encoding", "utf8", "--json")
        let array = "[" + lines.outputText.split(separator: "\n").joined(separator: ",") + "]"
        #expect(try isJSON(Array(array.utf8)))
    }

    @Test("extract writes holes, and says where everything is")
    func extract() throws {
        let folder = try ScratchFolder()
        let file = folder.path("out")
        let run = try memory("extract", images, "--pid", "4835", "--range", "0x7f61977a0000-0x7f61977a4000", "-o", file)
        #expect(run.status == 0 && run.errorText == "")
        let bytes = try folder.bytes("out")
        #expect(bytes.count == 0x4000)
        #expect(String(decoding: bytes[0xFF5..<0x1012], as: UTF8.self) == "STRADDLES-TWO-PAGES-secret-05")
        let all = try memory("extract", images, "--pid", "4835", "--all", "-o", folder.path("all"), "--json")
        #expect(all.status == 0)
        let report = try JSONSerialization.jsonObject(with: Data(all.output)) as? [String: Any]
        let parts = try #require(report?["parts"] as? [[String: Any]])
        let part = try #require(parts.first { ($0["start"] as? String) == "0x7f619779f000" })
        let offset = try #require((part["offset"] as? String).flatMap { Int($0.dropFirst(2), radix: 16) })
        #expect(part["present"] as? Int == 8192)
        let extracted = try folder.bytes("all")
        #expect(
            String(decoding: extracted[(offset + 0x1FF5)..<(offset + 0x2012)], as: UTF8.self)
                == "STRADDLES-TWO-PAGES-secret-05")
        #expect(folder.names == ["all", "out"])
        let heap = try memory("extract", images, "--pid", "4835", "--vma", "heap", "-o", folder.path("heap"))
        #expect(heap.outputText.contains("never touched") && heap.outputText.contains("[heap]"))
        #expect(try memory("extract", images, "--pid", "4835", "--vma", "nope", "-o", file).status == 2)
        #expect(try memory("extract", images, "--pid", "4835", "--all", "-o", "/dev/null").status == 2)
    }

    @Test(
        "Wrong usage is status 64",
        arguments: [
            ["read", "dir", "--pid", "1", "0x", "1"], ["read", "dir", "--pid", "1", "1", "0"],
            ["read", "dir", "--pid", "1", "-1", "1"], ["read", "dir", "--pid", "1", "0xffffffffffffffff", "2"],
            ["read", "dir", "--pid", "1", "1", "99999999999G"], ["read", "dir", "1", "1"],
            ["search", "dir"], ["search", "dir", "a", "--hex", "00"], ["search", "dir", "--regex", "("],
            ["search", "dir", "--hex", "0"], ["search", "dir", ""], ["search", "dir", "a", "--limit", "0"],
            ["search", "dir", "a", "--range", "2-1"], ["search", "dir", "a", "--protection", "q"],
            ["search", "dir", "--hex", "00", "--utf16"], ["search", "dir", "--regex", "\\bx", "--utf16"],
            ["strings", "dir", "--min", "0"],
            ["strings", "dir", "--encoding", "ebcdic"], ["extract", "dir", "--pid", "1", "-o", "x"],
            ["extract", "dir", "--pid", "1", "--all", "--range", "1-2", "-o", "x"], ["map"],
        ])
    func usage(_ arguments: [String]) throws {
        let run = try cryoscope(["memory"] + arguments)
        #expect(run.status == 64)
        #expect(run.output.isEmpty && run.errorText.hasPrefix("Error: "))
    }

    @Test(
        "A process that is not there, and one that has no memory",
        arguments: [["read", "1", "1"], ["extract", "--all", "-o", "x"]])
    func noProcess(_ arguments: [String]) throws {
        let tree = Scenario.named("tree").folder.path
        for (pid, words) in [("5", "has no process 5"), ("4692", "has no memory: the process has ended")] {
            let run = try cryoscope(["memory", arguments[0], tree, "--pid", pid] + arguments.dropFirst())
            #expect(run.status == 2 && run.output.isEmpty)
            #expect(run.errorLines.count == 1 && run.errorText.contains(words), "\(run.errorText)")
        }
    }
}
