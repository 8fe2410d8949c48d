/// Where in a tree of files one checkpoint is.
struct CheckpointPlace: Hashable {
    /// The folder of the images.
    let images: String
    /// The folder in which the engine put its own files: that of the images, or one above it.
    let root: String
    /// Another folder that can hold the statistics and the log of the dump, `--work-path` of a runtime; nil if there is none.
    let beside: String?

    /// Whether a folder with such names in it holds images of a dump: a process tree, or an inventory as a pre-dump has.
    static func holdsImages(_ names: [String]) -> Bool {
        names.contains("pstree.img") || names.contains("inventory.img")
    }

    /// Whether a folder with such names in it holds what a dump that failed leaves: images of processes, but neither the tree
    /// nor the inventory, which CRIU writes when all processes have been dumped.
    static func holdsRemains(_ names: [String]) -> Bool {
        names.contains(where: TaskImages.isTaskImage)
    }

    /// Whether a folder with such names in it is one of images, be the dump whole or not.
    static func isOfDump(_ names: [String]) -> Bool { holdsImages(names) || holdsRemains(names) }

    /// What only a container engine writes.
    static let engineFiles: Set<String> = ["config.dump", "spec.dump", "status.dump"]

    /// What an engine or a runtime leaves beside the folder of the images.
    static let dumpFiles: Set<String> = ["stats-dump", "dump.log"]

    /// Whether CRIU or an engine that is known leaves a file of a name among the images that is no image: a log, or what an
    /// engine notes.
    static func isNoted(_ name: String) -> Bool {
        name.hasSuffix(".log") || dumpFiles.contains(name) || Neighbours.podman.contains(name) || notes.contains(name)
    }

    /// What Docker, CRI-O's pods and OCI layouts have among the images, or where they are.
    private static let notes: Set<String> = [
        "config.json", "config.v2.json", "hostconfig.json", "pod.options", "pod.dump", "oci-manifest.json",
    ]

    /// The checkpoints in a tree, sorted by folder: of each chain of snapshots the newest.
    static func all(in tree: any FileTree) -> [CheckpointPlace] {
        let folders = tree.folders
        let found = foldersOfImages(in: tree)
        if found.isEmpty { return withoutImages(folders) }
        let parents = Set(found.compactMap { tree.folderOfParent(of: $0) })
        let newest = found.filter { !parents.contains($0) }
        let images = Set(found)
        let chosen = newest.isEmpty ? found : newest
        let work = workFolders(folders, of: chosen, without: images)
        let places = chosen.map { CheckpointPlace(images: $0, root: root(of: $0, folders, images), beside: work[$0]) }
        let groups = Dictionary(grouping: places, by: \.root).sorted { $0.key < $1.key }
        return groups.flatMap { counted($0.value, folders) }
    }

    /// The folders of images. What dumps that failed have left counts where there is nothing else, or if it is the end of a
    /// chain of snapshots.
    private static func foldersOfImages(in tree: any FileTree) -> [String] {
        let whole = Set(tree.folders.filter { holdsImages($0.value) }.keys)
        let remains = tree.folders.filter { !whole.contains($0.key) && holdsRemains($0.value) }.keys
        if whole.isEmpty { return remains.sorted() }
        return (whole + remains.filter { tree.folderOfParent(of: $0).map(whole.contains) ?? false }).sorted()
    }

    /// Where an engine's own files are, but no images: what is left of an archive that was cut off.
    private static func withoutImages(_ folders: [String: [String]]) -> [CheckpointPlace] {
        folders.filter { $0.value.contains("config.dump") || $0.value.contains("spec.dump") }.keys.sorted().map {
            CheckpointPlace(images: joined($0, "checkpoint"), root: $0, beside: nil)
        }
    }

    /// The folder with statistics or a log of a dump, but no images, that lies beside a folder of images. Where several lie
    /// side by side, nothing tells which belongs to which.
    private static func workFolders(
        _ folders: [String: [String]], of images: [String], without found: Set<String>
    ) -> [String: String] {
        let work = folders.filter { !found.contains($0.key) && $0.value.contains(where: dumpFiles.contains) }.keys
        let workByFolder = Dictionary(grouping: work.filter { !$0.isEmpty }) { parentFolder($0) ?? "" }
        let imagesByFolder = Dictionary(grouping: images.filter { !$0.isEmpty }) { parentFolder($0) ?? "" }
        var pairs: [String: String] = [:]
        for (folder, images) in imagesByFolder where images.count == 1 && workByFolder[folder]?.count == 1 {
            pairs[images[0]] = workByFolder[folder]?.first
        }
        return pairs
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
    private static func counted(_ places: [CheckpointPlace], _ folders: [String: [String]]) -> [CheckpointPlace] {
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
