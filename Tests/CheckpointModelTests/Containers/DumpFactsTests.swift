import CRIUImages
import CheckpointTestSupport
import EvidenceText
import Foundation
import SystemPackage
import Testing

@testable import CheckpointModel

/// Inventory and statistics against what CRIU's own tool prints of them.
@Suite("Inventory and statistics")
struct DumpFactsTests {
    private static let scenarios = Scenario.all.map(\.name)

    private func checkpoint(_ scenario: String) throws -> Checkpoint {
        try Checkpoint(path: FilePath(Scenario.named(scenario).folder.path))
    }

    /// The one entry of an image, as crit prints it.
    private func golden(_ scenario: String, _ image: String) throws -> [String: Any]? {
        let url = Scenario.named(scenario).goldenFolder.appending(path: image + ".json")
        guard let data = try? Data(contentsOf: url) else { return nil }
        let document = try JSONSerialization.jsonObject(with: data) as? [String: Any]
        return (document?["entries"] as? [[String: Any]])?.first
    }

    @Test("Every field of the inventory", arguments: scenarios)
    func inventory(_ scenario: String) throws {
        let inventory = try #require(try checkpoint(scenario).inventory.value)
        let entry = try #require(try golden(scenario, "inventory"))
        func number(_ key: String) -> UInt64? { (entry[key] as? NSNumber)?.uint64Value }
        #expect(UInt64(inventory.imageVersion) == number("img_version"))
        #expect(inventory.hasDescriptorTables.value == entry["fdinfo_per_id"] as? Bool)
        #expect(inventory.hasNamespaceIDs.value == entry["ns_per_id"] as? Bool)
        #expect(inventory.rootCgroupSet.value.map(UInt64.init) == number("root_cg_set"))
        #expect(inventory.uptimeMicroseconds.value == number("dump_uptime"))
        #expect(inventory.preDumpMode.value.map { UInt64($0.rawValue) } == number("pre_dump_mode"))
        #expect(inventory.closesTCP.value == entry["tcp_close"] as? Bool)
        #expect(inventory.networkLock.value.map { UInt64($0.rawValue) } == number("network_lock_method"))
        #expect(inventory.runID.value?.string == entry["dump_criu_run_id"] as? String)
        #expect(inventory.allowsUprobes.value == entry["allow_uprobes"] as? Bool)
        let modules = ["NO_LSM": "none", "SELINUX": "SELinux", "APPARMOR": "AppArmor"]
        #expect(inventory.securityModule.value?.name == (entry["lsmtype"] as? String).flatMap { modules[$0] })
        let plugins = (entry["plugins_entry"] as? [String: Any]).map { $0["plugins"] as? [String] ?? [] }
        #expect(inventory.plugins.value?.map(\.string) == plugins)
        #expect(inventory.origin == Origin("inventory.img", entry: 0))
    }

    @Test("The objects of CRIU itself", arguments: scenarios)
    func rootIDs(_ scenario: String) throws {
        let ids = try #require(try checkpoint(scenario).inventory.value).rootIDs.value
        let entry = try golden(scenario, "inventory")?["root_ids"] as? [String: Int]
        #expect((ids == nil) == (entry == nil))
        guard let ids, let entry else { return }
        #expect(
            [ids.memory, ids.files, ids.directories, ids.signalHandlers].map(Int.init)
                == ["vm_id", "files_id", "fs_id", "sighand_id"].map { entry[$0] })
        let namespaces = Dictionary(uniqueKeysWithValues: ids.namespaces.map { ("\($0.type)_ns_id", Int($0.id)) })
        #expect(namespaces == entry.filter { $0.key.hasSuffix("_ns_id") })
    }

    @Test("Every field of the statistics", arguments: ["chain/1", "chain/2", "chain/3", "arm64", "s390x", "ppc64el"])
    func statistics(_ scenario: String) throws {
        let statistics = try #require(try checkpoint(scenario).statistics.value)
        let entry = try #require(try golden(scenario, "stats-dump")?["dump"] as? [String: UInt64])
        let shared = statistics.sharedPages.value
        let values: [String: UInt64?] = [
            "freezing_time": UInt64(statistics.freezing), "frozen_time": UInt64(statistics.frozen),
            "memdump_time": UInt64(statistics.memoryDump), "memwrite_time": UInt64(statistics.memoryWrite),
            "irmap_resolve": statistics.watchResolving.value.map(UInt64.init),
            "pages_scanned": statistics.pages.scanned, "pages_skipped_parent": statistics.pages.inParent,
            "pages_written": statistics.pages.written, "pages_lazy": statistics.lazyPages,
            "page_pipes": statistics.pipes.value, "page_pipe_bufs": statistics.pipeBuffers.value,
            "shpages_scanned": shared?.scanned, "shpages_skipped_parent": shared?.inParent,
            "shpages_written": shared?.written,
        ]
        #expect(values.compactMapValues { $0 } == entry)
    }

    @Test("Fields that older versions lack are missing, not zero")
    func old() {
        var source = MemorySource()
        let dump = (1...7).reduce(MessageBuilder()) { $0.varint(UInt32($1), UInt64($1)) }.varint(9, 9)
        source["stats-dump"] = ImageBuilder(.stats).entry(MessageBuilder().message(1, dump))
        let statistics = source.open().statistics.value
        #expect(statistics?.pages == .init(scanned: 5, inParent: 6, written: 7))
        #expect(statistics?.sharedPages.absence?.reason == .notRecorded)
        #expect(statistics?.watchResolving.absence?.reason == .notRecorded)
        source["stats-dump"] = ImageBuilder(.stats).entry(MessageBuilder())
        #expect(source.open().statistics.absence?.reason == .notRecorded)
    }
}
