import CheckpointTestSupport
import EvidenceText
import Testing

@testable import CheckpointModel

/// The workload that ran on all four machines.
struct Workload {
    let known: KnownCheckpoint
    let truth: SnapshotTruth
    let main: ProcessMemory
    let child: ProcessMemory
    /// How often the main process had changed its memory.
    let rounds: Int

    init(_ name: String) throws {
        let truth = try SnapshotTruth(try Scenario.named(name).truth())
        let known = try KnownCheckpoint.named(name)
        func memory(_ kind: String) throws -> ProcessMemory {
            let pid = try truth.record(kind).pid
            return try #require(known.processes.first { $0.process.pid == pid }?.memory.value)
        }
        (main, child) = (try memory("process"), try memory("child"))
        rounds = truth.records.count { $0.kind == "round" }
        (self.known, self.truth) = (known, truth)
    }

    func region(_ name: String) throws -> Region {
        let start = try UInt64(hexadecimalText: try truth.record("region", name).start ?? "")
        return Region(start: start, pageSize: main.pageSize)
    }

    /// Which snapshot has a page: 0 for the dump itself; 3 if none has it.
    func level(of address: UInt64) -> Int {
        for (index, level) in main.reader.levels.enumerated() {
            guard let run = level.run(at: address) else { return 3 }
            if run.location != .parent { return index }
        }
        return 3
    }
}

/// Pages that the workload filled with patterns.
struct Region {
    let start: UInt64
    let pageSize: UInt64

    func page(_ index: Int) -> Range<UInt64> {
        let first = start + UInt64(index) * pageSize
        return first..<(first + pageSize)
    }

    /// A page as the workload fills it: a text, then bytes that count up.
    func pattern(_ tag: String, _ page: Int, _ round: Int) -> [UInt8] {
        let text = "\(tag) page=\(padded(page, 6)) round=\(padded(round, 4)) pattern="
        let rest = (text.utf8.count..<Int(pageSize)).map { UInt8(truncatingIfNeeded: page + round + $0) }
        return Array(text.utf8) + rest
    }
}

func padded(_ number: Int, _ width: Int = 8) -> String {
    let digits = String(number)
    return String(repeating: "0", count: width - digits.count) + digits
}
