import CheckpointModel
import EvidenceText

/// The cgroup that some threads saw in some hierarchies.
struct CgroupView {
    let threads: [CgroupSet.Member]
    let controllers: String
    let path: String

    /// The memberships of some sets, drawn together: by threads and path, the controllers with commas between them.
    static func all(_ sets: [CgroupSet]) -> [CgroupView] {
        var order: [[ByteText]] = []
        var threads: [[ByteText]: [CgroupSet.Member]] = [:]
        var memberships: [[ByteText]: [CgroupMembership]] = [:]
        for set in sets {
            let key: [ByteText] = set.memberships.flatMap { membership -> [ByteText] in
                [membership.controllers, membership.path, membership.visiblePath]
            }
            if threads[key] == nil { order.append(key) }
            threads[key, default: []] += set.threads
            memberships[key] = set.memberships
        }
        return order.flatMap { key in paths(memberships[key] ?? [], threads[key] ?? []) }
    }

    private static func paths(
        _ memberships: [CgroupMembership], _ threads: [CgroupSet.Member]
    ) -> [CgroupView] {
        var order: [String] = []
        var controllers: [String: [String]] = [:]
        for membership in memberships {
            let inner = membership.visiblePath.forTerminal
            if controllers[inner] == nil { order.append(inner) }
            controllers[inner, default: []].append(
                membership.controllers.isEmpty ? "v2" : membership.controllers.forTerminal)
        }
        return order.map { path in
            CgroupView(
                threads: threads, controllers: (controllers[path] ?? []).joined(separator: " "), path: path)
        }
    }
}
