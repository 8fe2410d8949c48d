import CheckpointModel
import EvidenceText

/// A path that hierarchies have a cgroup at.
struct CgroupPlace {
    let path: ByteText
    private(set) var entries: [Entry] = []

    /// The cgroup in one hierarchy.
    struct Entry {
        let controllers: String
        let group: Cgroup
        let threads: [CgroupSet.Member]
    }

    /// A cgroup in a hierarchy, whatever the order in which its controllers are named.
    private struct Key: Hashable {
        let controllers: Set<ByteText>
        let path: ByteText
    }

    /// The paths of all hierarchies, in the order of their trees.
    static func all(_ table: CgroupTable) -> [CgroupPlace] {
        let inside = members(table.sets)
        var places: [CgroupPlace] = []
        var indexes: [ByteText: Int] = [:]
        for hierarchy in table.hierarchies {
            let controllers = Set(hierarchy.controllers)
            for group in hierarchy.groups {
                let index = indexes[group.path, default: places.count]
                if index == places.count { places.append(CgroupPlace(path: group.path)) }
                indexes[group.path] = index
                let threads = inside[Key(controllers: controllers, path: group.path)] ?? []
                places[index].entries.append(
                    Entry(controllers: hierarchy.title, group: group, threads: threads))
            }
        }
        return places
    }

    /// Who is in each cgroup.
    private static func members(_ sets: [CgroupSet]) -> [Key: [CgroupSet.Member]] {
        var members: [Key: [CgroupSet.Member]] = [:]
        for set in sets {
            for membership in set.memberships {
                let names = membership.controllers.bytes.split(
                    separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
                let key = Key(controllers: Set(names.map { ByteText(Array($0)) }), path: membership.path)
                members[key, default: []] += set.threads
            }
        }
        return members
    }
}
