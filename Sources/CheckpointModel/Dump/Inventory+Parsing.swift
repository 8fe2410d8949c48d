internal import CRIUImages

extension Inventory {
    static func load(_ library: ImageLibrary) -> Known<Inventory> {
        library.needed("inventory.img", InventoryEntry.self).map { Inventory($0, library) }
    }

    private init(_ entry: InventoryEntry, _ library: ImageLibrary) {
        func field<Value>(_ name: String, _ value: Value?) -> Known<Value> {
            value.map { .value($0) } ?? .missing(Absence(.notRecorded, "inventory.img has no \(name)"))
        }
        imageVersion = entry.imgVersion
        architecture = library.architecture
        criuVersion = DumpLog.version(library)
        writtenAt = Inventory.writtenAt(library)
        frozenMicroseconds = DumpStatistics.load(library).map(\.frozen)
        rootIDs = field("root_ids", entry.rootIds).map { KernelObjectIDs($0) }
        hasDescriptorTables = field("fdinfo_per_id", entry.fdinfoPerId)
        hasNamespaceIDs = field("ns_per_id", entry.nsPerId)
        rootCgroupSet = field("root_cg_set", entry.rootCgSet)
        securityModule = field("lsmtype", entry.lsmtype).map { SecurityModule(rawValue: $0.rawValue) }
        uptimeMicroseconds = field("dump_uptime", entry.dumpUptime)
        preDumpMode = field("pre_dump_mode", entry.preDumpMode).map { PreDumpMode(rawValue: $0) }
        closesTCP = field("tcp_close", entry.tcpClose)
        networkLock = field("network_lock_method", entry.networkLockMethod).map { NetworkLock(rawValue: $0) }
        plugins = field("plugins_entry", entry.pluginsEntry).map(\.plugins)
        runID = field("dump_criu_run_id", entry.dumpCriuRunId)
        allowsUprobes = field("allow_uprobes", entry.allowUprobes)
        compression = field("compress", entry.compress)
        origin = Origin("inventory.img", entry: 0)
    }

    private static func writtenAt(_ library: ImageLibrary) -> Known<Int64> {
        guard let time = library.source.modificationTime(of: "inventory.img") else {
            return .missing(Absence(.notRecorded, "the source has no times"))
        }
        return .value(time)
    }
}
