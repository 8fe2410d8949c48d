import CRIUImages
import CheckpointAnalysis
import CheckpointModel
import CheckpointTestSupport
import EvidenceText
import FoundationEssentials
import SystemPackage
import Testing

@testable import CheckpointReport

/// The code that articles and the README show. ``ArticleTests`` looks for it here, line by line.
@Suite("Code in articles, run")
struct ArticleSamples {
    private func path(_ scenario: String) -> FilePath { FilePath(Scenario.named(scenario).folder.path) }

    @Test("EvidenceText")
    func evidenceText() {
        let print = Printed()
        let name = ByteText([0x61, 0x1B, 0x5B, 0x33, 0x31, 0x6D, 0xFF])
        print(name.forTerminal)  // a\x1b[31m\xff
        print(name.string ?? "not UTF-8")  // not UTF-8
        #expect(print.lines == [#"a\x1b[31m\xff"#, "not UTF-8"])
    }

    @Test("Reading an image")
    func images() throws {
        let print = Printed()
        let path = path("crash").appending("pstree.img")
        let image = try ImageFile(path: path)
        print(image.kind.name, image.header.byteOrder)  // PSTREE little
        let (tree, damage) = image.records(PstreeEntry.self)
        for process in tree { print(process.pid, process.ppid, process.threads) }
        if let damage { print(damage) }
        var cursor = image.entries()
        while try cursor.next() {
            let entry = cursor.withMessage { PstreeEntry(parsing: $0) }
            print("entry \(cursor.index) at byte \(cursor.offset): process \(entry.pid)")
        }
        let json = OutputBuffer()
        try image.writeJSON(to: json, ImageJSONOptions())
        let copy = OutputBuffer()
        try ImageJSONEncoder(ImageBytes(json.collected)).write(to: copy)
        print(copy.collected == image.bytes.copy(0..<image.bytes.count))  // true
        #expect(
            print.lines == [
                "PSTREE little", "4888 0 [4888, 4889, 4890]", "entry 0 at byte 8: process 4888", "true",
            ])
    }

    @Test("The model")
    func model() throws {
        let print = Printed()
        let path = path("crash")
        let checkpoint = try Checkpoint(path: path)
        for process in checkpoint.processes.value ?? [] {
            print(process.pid, process.name.value?.forTerminal ?? "?")
        }
        func describe(_ process: Process, in checkpoint: Checkpoint) -> String {
            switch checkpoint.memory(of: process) {
            case .value(let memory): "\(memory.segments.count) areas"
            case .missing(let absence): "no memory: \(absence.detail)"
            }
        }
        print(describe(try #require(checkpoint.process(4888)), in: checkpoint))
        for problem in checkpoint.problems { print(problem.description) }
        #expect(print.lines == ["4888 crash", "28 areas"])
    }

    @Test("Content")
    func content() throws {
        let print = Printed()
        let checkpoint = try Checkpoint(path: path("files"))
        for content in checkpoint.recoverableContents {
            print(content.kind.rawValue, content.content.size, content.content.sha256.value ?? "incomplete")
        }
        #expect(!print.lines.isEmpty && print.lines.allSatisfy { $0.split(separator: " ").last?.count == 64 })
    }

    @Test("The README, and the model's landing page")
    func readme() throws {
        let print = Printed()
        let path = path("chain/3")
        let checkpoint = try Checkpoint(path: path)
        for process in checkpoint.processes.value ?? [] {
            let memory = checkpoint.memory(of: process)
            print(process.pid, checkpoint.arguments(memory).value?.map(\.forTerminal) ?? [])
        }
        for problem in checkpoint.problems { print(problem.description) }
        #expect(print.lines == [#"403 ["./wl"]"#, #"406 ["./wl"]"#, "407 []"])
    }

    @Test("Address spaces")
    func addressSpaces() throws {
        let print = Printed()
        let checkpoint = try Checkpoint(path: path("crash"))
        guard let process = checkpoint.process(4888),
            let space = checkpoint.addressSpace(of: process).value
        else { return }
        for segment in space.segments.prefix(3) {
            print(String(segment.addresses.lowerBound, radix: 16), segment.name.forTerminal)
        }
        #expect(print.lines.first == "5581c5857000 /srv/forensics/crash/crash" && print.lines.count == 3)
        var (held, absent) = (UInt64(0), UInt64(0))
        for area in space.visibleAreas {
            space.forEachStretch(in: area.addresses) { stretch in
                if stretch.bytes != nil { held += stretch.byteCount } else { absent += stretch.byteCount }
            }
        }
        #expect(held == 148 << 10 && absent > held)
    }

    @Test("Searching")
    func searching() throws {
        let print = Printed()
        let archive = Scenario.fixtures.appending(path: "archives/redis-before.tar.zst").path
        let checkpoint = try Checkpoint(path: FilePath(archive))
        let pattern = try SearchPattern(text: "token-d34db33f")
        let search = MemorySearch(checkpoint, MemorySelection(), pattern, context: 16, limit: 10)
        var hits: [SearchHit] = []
        let ending = try search.run({ $0 }) { found in
            hits += found
            return true
        }
        print(hits.count, ending)
        #expect(!hits.isEmpty && hits.allSatisfy { $0.match == Array("token-d34db33f".utf8) })
        #expect(print.lines.count == 1)
    }

    @Test("Verifying")
    func verifying() throws {
        let print = Printed()
        let checkpoint = try Checkpoint(path: path("crash"))
        let verification = Verification(checkpoint)
        for finding in verification.findings {
            print(finding.rule.severity, finding.rule.id, finding.image, finding.explanation)
        }
        print(verification.isWhole ? "whole" : "not whole")
        #expect(print.lines == ["whole"])
    }

    @Test("Comparing")
    func comparing() throws {
        let print = Printed()
        var comparison = FactComparison(FactReferences(processes: []))
        comparison.compare(
            .record(FactRecord("limit", [FactMember(FactTraits("soft"), .number(1024))])),
            .record(FactRecord("limit", [FactMember(FactTraits("soft"), .number(4096))])))
        print(comparison.changes.count)  // 1
        let (before, after) = (
            try Checkpoint(path: path("diff-before")), try Checkpoint(path: path("diff-after"))
        )
        let memory = MemoryComparison(before: before, after: after)
        let result = memory.run([MemoryComparison.Pair(before: 6009, after: 6009)])
        print(result.processes[0].areas.count, result.processes[0].pages.count)
        #expect(print.lines.first == "1" && print.lines.count == 2)
        #expect(!result.processes[0].areas.isEmpty && !result.processes[0].pages.isEmpty)
    }

    @Test("Writing an exporter")
    func exporting() throws {
        let out = OutputBuffer()
        writeFiles(of: try Checkpoint(path: path("files")), to: out)
        let lines = String(decoding: out.collected, as: UTF8.self).split(separator: "\n")
        #expect(lines.contains("4736\t24\t/srv/forensics/files/ghost-small.txt (deleted)"), "\(lines.prefix(30))")
    }

    @Test("Describing an object")
    func describing() {
        let out = OutputBuffer()
        var json = JSONWriter(out, .init())
        Forms.lock.write(&json, SampleLock(pid: 7, path: .value("/run/lock"), length: nil))
        let text = String(decoding: out.collected, as: UTF8.self)
        #expect(text == "{\n  \"pid\": 7,\n  \"path\": \"/run/lock\"\n}")
    }
}

/// Takes what a sample prints.
private final class Printed {
    private(set) var lines: [String] = []

    func callAsFunction(_ items: Any...) {
        lines.append(items.map { "\($0)" }.joined(separator: " "))
    }
}

func writeFiles(of checkpoint: Checkpoint, to out: OutputBuffer) {
    for process in checkpoint.processes.value ?? [] {
        guard let descriptors = checkpoint.descriptors(of: process).value else { continue }
        for descriptor in descriptors {
            out.append(decimal: Int64(process.pid))
            out.append("\t")
            out.append(decimal: UInt64(descriptor.number))
            out.append("\t")
            if let target = descriptor.file.flatMap(\.target).value { out.append(target) }
            out.append("\n")
        }
    }
}

private struct SampleLock: Sendable {
    let pid: Int
    let path: Known<ByteText>
    let length: UInt64?
}

extension Forms {
    fileprivate static let lock = Form<SampleLock>.object(
        "lock", "A lock on a file.",
        [
            .must("pid", .processID, "Who holds it.") { $0.pid },
            .known("path", .text, "The path of the file.") { $0.path },
            .optional("length", .count, "How many bytes; left out for all.") { $0.length },
        ]
    ).matched(by: "pid")
}
