public import EvidenceText

internal import CRIUImages

/// The place of a thread in one hierarchy of control groups.
public struct CgroupMembership: Sendable, Equatable {
    /// The controllers of the hierarchy, or `name=` and its name; empty for version 2.
    public let controllers: ByteText
    /// The path from the root of the hierarchy.
    public let path: ByteText
    /// How many leading bytes of the path the thread's cgroup namespace hides.
    public let hiddenPrefix: Int
    /// Where it was read.
    public let origin: Origin

    /// The path as the thread sees it in /proc/self/cgroup.
    public var visiblePath: ByteText {
        guard hiddenPrefix <= path.count else { return path }
        let rest = ByteText(Array(path.bytes.dropFirst(hiddenPrefix)))
        return rest.isEmpty ? "/" : rest
    }
}

/// The sets of control groups that threads name by a number, read once for all of them.
struct CgroupSets: Sendable {
    private let sets: Known<[UInt32: [CgroupMembership]]>
    /// The set that CRIU itself was in, which the image leaves out.
    private let ownSet: UInt32?

    init(_ library: ImageLibrary) {
        ownSet = library.record("inventory.img", InventoryEntry.self).value?.rootCgSet
        sets = library.record("cgroup.img", CgroupEntry.self).map { entry in
            let sets = entry.sets.map { set in
                (id: set.id, value: set.ctls.map(CgroupMembership.init), origin: Origin("cgroup.img", entry: 0))
            }
            return library.unique(sets, by: "id of a set")
        }
    }

    /// The places of a set.
    func memberships(_ set: UInt32) -> Known<[CgroupMembership]> {
        if let memberships = sets.value?[set] { return .value(memberships) }
        if set == ownSet {
            return .missing(Absence(.notRecorded, "the control groups are those of CRIU itself, which it leaves out"))
        }
        return .missing(sets.absence ?? Absence(.damaged, "cgroup.img has no set \(set)"))
    }
}

extension CgroupMembership {
    init(_ entry: CgMemberEntry) {
        self.init(
            controllers: entry.name, path: entry.path, hiddenPrefix: Int(entry.cgnsPrefix ?? 0),
            origin: Origin("cgroup.img", entry: 0))
    }
}
