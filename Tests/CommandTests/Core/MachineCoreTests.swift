import CheckpointTestSupport
import Foundation
import Testing

/// Cores of one workload on four machines, read by one gdb, against what the workload and the kernel said.
@Suite("Cores of other machines")
struct MachineCoreTests {
    private struct Truth: Decodable {
        let records: [Record]

        struct Record: Decodable {
            let kind: String
            let name: String?
            let tid: Int?
            let pid: Int?
            let start, tls_value_addr, tls_value: String?
            let call_chain_innermost_first: [String]?
        }
    }

    /// A machine: the dump of the workload, and its order of bytes.
    struct Machine: CustomTestStringConvertible {
        let scenario: String
        let isBigEndian: Bool

        var testDescription: String { scenario }
    }

    static let machines = [
        Machine(scenario: "chain/3", isBigEndian: false),
        Machine(scenario: "arm64", isBigEndian: false),
        Machine(scenario: "s390x", isBigEndian: true),
        Machine(scenario: "ppc64el", isBigEndian: false),
    ]

    private func records(_ machine: Machine) throws -> [Truth.Record] {
        try JSONDecoder().decode(Truth.self, from: Scenario.named(machine.scenario).truth()).records
    }

    @Test("gdb finds the calls of every thread", arguments: machines)
    func calls(_ machine: Machine) throws {
        let records = try records(machine)
        let pid = try #require(records.first { $0.kind == "process" }?.pid)
        let core = try CoreFile(of: images(machine.scenario), pid: pid)
        let program = try Program.path(machine.scenario, in: core.folder)
        let facts = try GDBFacts(core, program: program)
        let threads = records.filter { $0.kind == "thread" }
        #expect(Set(facts.threads.map(\.tid)) == Set(threads.compactMap(\.tid)) && threads.count == 4)
        for thread in threads {
            let found = try #require(facts.threads.first { $0.tid == thread.tid }).frames.compactMap(\.name)
            let calls = try #require(thread.call_chain_innermost_first as [String]?)
            let chain = calls.map { String($0.prefix { $0 != "(" }) }
            let innermost = try #require(chain.first)
            let start = try #require(found.firstIndex(of: innermost), "\(found)")
            #expect(Array(found[start...].prefix(chain.count)) == chain)
        }
    }

    @Test("Values of each thread's own, text and patterns are where they were", arguments: machines)
    func memory(_ machine: Machine) throws {
        let records = try records(machine)
        let pid = try #require(records.first { $0.kind == "process" }?.pid)
        var wanted: [String: String] = [:]
        for thread in records where thread.kind == "thread" {
            let text = try #require(thread.tls_value)
            let value = try #require(UInt64(text.dropFirst(2), radix: 16))
            let word = machine.isBigEndian ? value : value.byteSwapped
            let digits = String(word, radix: 16)
            wanted["\(try #require(thread.tls_value_addr)):8"] =
                String(repeating: "0", count: 16 - digits.count) + digits
        }
        let heap = try #require(records.first { $0.kind == "heap_pattern" }?.start)
        wanted["\(heap):21"] = Array("HEAP-PATTERN-00000000".utf8).map { String($0, radix: 16) }.joined()
        let core = try CoreFile(of: images(machine.scenario), pid: pid)
        let facts = try GDBFacts(core, read: Array(wanted.keys))
        #expect(wanted.count == 5 && facts.memory == wanted.mapValues { $0 })
    }

    @Test("readelf and eu-readelf find nothing wrong", arguments: machines)
    func readable(_ machine: Machine) throws {
        let records = try records(machine)
        let pid = try #require(records.first { $0.kind == "process" }?.pid)
        let core = try CoreFile(of: images(machine.scenario), pid: pid)
        let header = try core.header()
        #expect(header.contains("big endian") == machine.isBigEndian)
        let notes = try core.notes()
        #expect(notes.split(separator: "PRSTATUS").count == 5)
        #expect(notes.contains("fname: wl-main, psargs: ./wl\n"))
    }

    @Test("The page that was given back between two dumps reads as zero, the one before it does not")
    func dropped() throws {
        let records = try records(MachineCoreTests.machines[0])
        let region = try #require(records.first { $0.kind == "region" && $0.name == "anon_private" }?.start)
        let start = try #require(UInt64(region.dropFirst(2), radix: 16))
        let places = [UInt64(60), 61].map { "0x\(String(start + $0 * 4096, radix: 16)):16" }
        let facts = try GDBFacts(CoreFile(of: images("chain/3"), pid: 403), read: places)
        #expect(facts.memory[places[1]] == String(repeating: "0", count: 32))
        let before = try #require(facts.memory[places[0]].flatMap { $0 })
        #expect(before != String(repeating: "0", count: 32))
    }
}
