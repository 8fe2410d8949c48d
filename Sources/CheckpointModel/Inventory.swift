internal import CRIUImages

/// The description of a dump.
public struct Inventory: Sendable {
    /// The version of the image format: 1 without lead words, 2 with them.
    public let imageVersion: UInt32
    /// The machine of the first process.
    public let architecture: Known<Architecture>
    /// The version of CRIU, from the log of the dump.
    public let criuVersion: Known<String>
    /// When the images were written, by the time of the inventory file, in seconds since 1970.
    ///
    /// CRIU records no time of its own; copying the files can change this one.
    public let writtenAt: Known<Int64>
    /// How long the processes stood still, in microseconds.
    public let frozenMicroseconds: Known<UInt32>
}

/// A processor architecture: `core_entry.march`.
public struct Architecture: RawRepresentable, Hashable, Sendable {
    /// The number in the image; values that no name is known for are kept.
    public let rawValue: Int32

    /// Wraps a number, known or not.
    public init(rawValue: Int32) { self.rawValue = rawValue }

    /// The name as `uname -m` has it, or nil for a number without a name.
    public var name: String? {
        let names: [Int32: String] = [
            1: "x86_64", 2: "arm", 3: "aarch64", 4: "ppc64", 5: "s390x", 6: "mips", 7: "loongarch64", 8: "riscv64",
        ]
        return names[rawValue]
    }
}

extension Inventory {
    static func load(_ library: ImageLibrary) -> Known<Inventory> {
        library.needed("inventory.img", InventoryEntry.self).map { entry in
            let stats = library.record("stats-dump", StatsEntry.self)
            return Inventory(
                imageVersion: entry.imgVersion, architecture: architecture(library), criuVersion: criuVersion(library),
                writtenAt: writtenAt(library), frozenMicroseconds: stats.flatMap(frozenTime))
        }
    }

    private static func architecture(_ library: ImageLibrary) -> Known<Architecture> {
        library.record("pstree.img", PstreeEntry.self).flatMap { first in
            library.record("core-\(first.pid).img", CoreEntry.self).map { Architecture(rawValue: $0.mtype.rawValue) }
        }
    }

    private static func frozenTime(_ stats: StatsEntry) -> Known<UInt32> {
        stats.dump.map { .value($0.frozenTime) } ?? .missing(Absence(.notRecorded, "stats-dump is not of a dump"))
    }

    private static func writtenAt(_ library: ImageLibrary) -> Known<Int64> {
        guard let time = library.source.modificationTime(of: "inventory.img") else {
            return .missing(Absence(.notRecorded, "the source has no times"))
        }
        return .value(time)
    }

    /// The version is on one of the first lines of dump.log: `(00.000000) Version: 4.2 (gitid …)`.
    private static func criuVersion(_ library: ImageLibrary) -> Known<String> {
        guard library.has("dump.log"), let bytes = try? library.source.bytes(of: "dump.log") else {
            return .missing(Absence(.noImage, "there is no dump.log"))
        }
        let head = String(decoding: bytes.copy(0..<min(bytes.count, 4096)), as: UTF8.self)
        for line in head.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard let marker = words.firstIndex(of: "Version:"), marker + 1 < words.count else { continue }
            return .value(String(words[marker + 1]))
        }
        return .missing(Absence(.notRecorded, "dump.log does not name the version"))
    }
}
