/// Where in a tree of files one checkpoint is.
struct CheckpointPlace: Hashable {
    /// The folder of the images.
    let images: String
    /// The folder in which the engine put its own files: that of the images, or one above it.
    let root: String
    /// Other folders that can hold the statistics and the log of the dump: `--work-path` of a runtime.
    let beside: [String]

    /// Whether a folder with such names in it holds images of a dump: a process tree, or an inventory as a pre-dump has.
    static func holdsImages(_ names: [String]) -> Bool {
        names.contains("pstree.img") || names.contains("inventory.img")
    }

    /// What only a container engine writes.
    static let engineFiles: Set<String> = ["config.dump", "spec.dump", "status.dump"]

    /// What an engine or a runtime leaves beside the folder of the images.
    static let dumpFiles: Set<String> = ["stats-dump", "dump.log"]

    /// The checkpoints in a tree, sorted by folder: of each chain of snapshots the newest.
    static func all(in tree: any FileTree) -> [CheckpointPlace] {
        let folders = tree.folders
        let found = folders.filter { holdsImages($0.value) }.keys.sorted()
        let parents = Set(found.compactMap { tree.folderOfParent(of: $0) })
        let newest = found.filter { !parents.contains($0) }
        let places = (newest.isEmpty ? found : newest).map { place(of: $0, folders, Set(found)) }
        let groups = Dictionary(grouping: places, by: \.root).sorted { $0.key < $1.key }
        return groups.flatMap { chosen($0.value, folders) }
    }

    private static func place(of images: String, _ folders: [String: [String]], _ found: Set<String>) -> CheckpointPlace
    {
        let root = root(of: images, folders, found)
        guard let above = parentFolder(images) else { return CheckpointPlace(images: images, root: root, beside: []) }
        let beside = folders.filter { folder, names in
            folder != images && parentFolder(folder) == above && !found.contains(folder)
                && names.contains(where: dumpFiles.contains)
        }
        return CheckpointPlace(images: images, root: root, beside: beside.keys.sorted())
    }

    /// The nearest folder with files of an engine; else the folder above if it has statistics or a log of the dump; else
    /// that of the images.
    private static func root(of images: String, _ folders: [String: [String]], _ found: Set<String>) -> String {
        var folder: String? = images
        while let current = folder {
            if folders[current]?.contains(where: engineFiles.contains) == true { return current }
            folder = parentFolder(current)
        }
        guard let above = parentFolder(images), !found.contains(above),
            folders[above]?.contains(where: dumpFiles.contains) == true
        else { return images }
        return above
    }

    /// Of several folders of images of one container, the ones that count: dumps before pre-dumps, `checkpoint` before
    /// others, since the engines name it so, and outer folders before those in them.
    private static func chosen(_ places: [CheckpointPlace], _ folders: [String: [String]]) -> [CheckpointPlace] {
        let dumps = places.filter { folders[$0.images]?.contains("pstree.img") == true }
        let places = dumps.isEmpty ? places : dumps
        if let engines = places.first(where: { $0.images == joined($0.root, "checkpoint") }) { return [engines] }
        let images = Set(places.map(\.images))
        return places.filter { place in
            var above = parentFolder(place.images)
            while let folder = above {
                if images.contains(folder) { return false }
                above = parentFolder(folder)
            }
            return true
        }
    }
}
