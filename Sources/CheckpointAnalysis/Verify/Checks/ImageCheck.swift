internal import CheckpointModel

/// Whether the files are those of a dump.
struct ImageCheck {
    private let set: ImageSet
    private let list: FindingList

    init(_ set: ImageSet, _ list: FindingList) { (self.set, self.list) = (set, list) }

    func run() {
        for image in set.all {
            if image.kind == nil { nameUnknown(image) }
            guard let kind = image.kind, let count = image.entryCount else { continue }
            if count == 0 && ImageCheck.needEntries.contains(kind) && image.byteCount <= ImageCheck.wordsCount {
                list.add(.emptyImage, image.name, "there is no entry after the magic words")
            }
            if count > 1 && ImageCheck.single.contains(kind) {
                list.add(.surplusEntry, image.name, entry: 1, "\(count) entries, of which CRIU reads the first")
            }
        }
    }

    /// How long an image without entries is.
    private static let wordsCount = 8

    /// Kinds of images that have one entry.
    private static let single: Set<String> = [
        "INVENTORY", "CORE", "IDS", "MM", "FS", "CREDS", "STATS", "UTSNS", "IPCNS_VAR", "TIMENS", "USERNS", "NETNS",
        "CGROUP", "TCP_STREAM", "SECCOMP", "ITIMERS",
    ]

    /// Kinds of images that have at least one entry.
    private static let needEntries: Set<String> = single.subtracting(["ITIMERS"]).union(["PSTREE", "PAGEMAP"])

    /// What CRIU and the engines leave in the folder of the images that is no image.
    private static let known: Set<String> = [
        "dump.log", "restore.log", "pre-dump.log", "descriptors.json", "config.dump", "spec.dump", "network.status",
        "stats-restore", "irmap-cache", "irmap-cache.img",
    ]

    private func nameUnknown(_ image: ImageSummary) {
        let name = image.baseName
        guard !ImageCheck.known.contains(String(name)) else { return }
        if name.hasSuffix(".img") {
            // What its first words were was told already, if they are no image's.
            if image.entryCount != nil { list.add(.unknownImage, image.name, "CRIU gives no image this name") }
        } else if !name.hasSuffix(".log") {
            list.add(.foreignFile, image.name, "\(image.byteCount) bytes")
        }
    }
}
