internal import CRIUImages

/// An entry of the list of deleted files.
public struct FileRemapEntry: Sendable {
    /// The id of the deleted file in files.img.
    public let file: UInt32
    /// Where it is.
    public let place: FileRemap
    /// Where it was read.
    public let origin: Origin
}

extension Checkpoint {
    /// Where deleted files are, in the order of the image. They are read anew each time: keep them.
    public var fileRemaps: [FileRemapEntry] {
        let name = "remap-fpath.img"
        let entries = library.records(name, RemapFilePathEntry.self).value ?? []
        return entries.enumerated().map { index, entry in
            FileRemapEntry(file: entry.origId, place: FileRemap(entry), origin: Origin(name, entry: index))
        }
    }
}
