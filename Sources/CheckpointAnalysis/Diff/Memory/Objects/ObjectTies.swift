internal import CheckpointModel

/// Which shared objects and deleted files of two checkpoints are the same.
struct ObjectTies: Sendable {
    /// The number of each shared object before, and that of the same one after.
    var memory: [UInt64: UInt64] = [:]
    /// The number of each deleted file before, and that of the same one after.
    var files: [UInt32: UInt32] = [:]
    /// The checkpoints; nil if ids mean the same on both sides.
    var checkpoints: (before: Checkpoint, after: Checkpoint)?

    /// Both sides are of one checkpoint, so that objects are the same if their numbers are.
    static let identity = ObjectTies()

    func areSame(_ before: UInt64, _ after: UInt64) -> Bool {
        checkpoints == nil ? before == after : memory[before] == after
    }

    /// Whether two files are one deleted file, whose content the images have on both sides.
    func areSame(_ before: OpenFile?, _ after: OpenFile?) -> Bool {
        guard let checkpoints, let before, let after else { return false }
        guard case .ghost(let old) = checkpoints.before.remap(of: before),
            case .ghost(let new) = checkpoints.after.remap(of: after)
        else { return false }
        return files[old] == new
    }

    /// By what the object that an area maps is known on both sides; nil if it is not.
    func name(ofObjectBefore id: UInt64) -> UInt64? { checkpoints == nil ? id : memory[id] }
}
