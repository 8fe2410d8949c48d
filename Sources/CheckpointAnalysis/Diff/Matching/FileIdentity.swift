public import CheckpointModel
internal import EvidenceText

/// What tells an open file from others of its sort.
public struct FileIdentity {
    /// Whether two open files are plainly the same in all that the images tell of them, which is the case with most. If not,
    /// they may be the same all the same.
    public static func isPlainlySame(_ before: OpenFile, _ after: OpenFile) -> Bool {
        guard case .path(let left) = before.detail, case .path(let right) = after.detail, left == right else {
            return false
        }
        return before.type == after.type && before.flags == after.flags && before.position == after.position
            && before.mode == after.mode && !before.isDeleted && !after.isDeleted && before.owner.value == nil
            && before.owner == after.owner && before.target == after.target
    }

    /// Whether two open files, found under the same descriptor of the same process, are one.
    ///
    /// - Parameter areInodesKept: Whether the kernel's numbers of pipes and sockets mean the same in both checkpoints, which
    ///   they do not after a restore or a boot.
    static func isSame(_ before: OpenFile, _ after: OpenFile, areInodesKept: Bool) -> Bool {
        if let (left, right) = inodes(before, after), areInodesKept { return left == right }
        switch (before.detail, after.detail) {
        case (.socket(let left), .socket(let right)):
            return left.family == right.family && left.type == right.type
                && left.networkProtocol == right.networkProtocol && left.local == right.local
                && left.remote == right.remote
        case (.path(let left), .path(let right)): return left.path == right.path
        case (.pipe(let left), .pipe(let right)): return left.isNamed == right.isNamed && isSameTarget(before, after)
        default: return before.type == after.type && isSameTarget(before, after)
        }
    }

    /// The kernel's numbers of two pipes or two sockets; nil for anything else.
    private static func inodes(_ before: OpenFile, _ after: OpenFile) -> (UInt32, UInt32)? {
        switch (before.detail, after.detail) {
        case (.socket, .socket), (.pipe, .pipe):
            guard let left = inode(before), let right = inode(after) else { return nil }
            return (left, right)
        default: return nil
        }
    }

    /// The kernel's number of a pipe or socket; nil for anything else.
    static func inode(_ file: OpenFile) -> UInt32? {
        switch file.detail {
        case .socket(let socket): socket.inode
        case .pipe(let end): end.pipeID
        default: nil
        }
    }

    private static func isSameTarget(_ before: OpenFile, _ after: OpenFile) -> Bool {
        guard let left = before.target.value, let right = after.target.value else { return true }
        return left == right || isAnonymous(left) && isAnonymous(right)
    }

    /// Whether a target is like `pipe:[123]`.
    private static func isAnonymous(_ target: ByteText) -> Bool {
        target.bytes.last == UInt8(ascii: "]") && target.bytes.first != UInt8(ascii: "/")
            && target.bytes.contains(UInt8(ascii: "["))
    }
}
