internal import CRIUImages

/// Where the file is whose path no longer leads to it.
public enum FileRemap: Sendable, Hashable {
    /// In a ghost file image, with its content; the number of the image.
    case ghost(number: UInt32)
    /// Still in its file system under another name: a hard link that CRIU made; the id of its file.
    case link(file: UInt32)
    /// In /proc, below a process that had ended.
    case process(pid: UInt32)
    /// Of a sort that this version does not know.
    case other(type: Int32, id: UInt32)
}

extension FileRemap {
    /// Old images have no type: the top bit of the id tells ghosts from links.
    init(_ entry: RemapFilePathEntry) {
        guard let type = entry.remapType else {
            let isGhost = entry.remapId >> 31 != 0
            self = isGhost ? .ghost(number: entry.remapId & 0x7FFF_FFFF) : .link(file: entry.remapId)
            return
        }
        switch type.rawValue {
        case 0: self = .link(file: entry.remapId)
        case 1: self = .ghost(number: entry.remapId)
        case 2: self = .process(pid: entry.remapId)
        default: self = .other(type: type.rawValue, id: entry.remapId)
        }
    }
}
