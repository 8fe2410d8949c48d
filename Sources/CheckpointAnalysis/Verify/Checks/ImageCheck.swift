internal import CheckpointModel

/// Whether the files are those of a dump.
struct ImageCheck {
    private let set: ImageSet
    private let list: FindingList

    init(_ set: ImageSet, _ list: FindingList) { (self.set, self.list) = (set, list) }

    func run() {
        if !set.has("inventory.img") {
            list.add(.noInventory, "inventory.img", missing: "inventory.img", "inventory.img is not there")
        }
        if !set.has("stats-dump") { list.add(.noStatistics, "stats-dump", "stats-dump is not there") }
        for image in set.all {
            if !image.isNameKnown { nameUnknown(image) }
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

    private func nameUnknown(_ image: ImageSummary) {
        if image.name.hasSuffix(".img") {
            let content =
                image.kind.map { "holds an image of kind \($0)" } ?? "\(image.byteCount) bytes, without a magic word"
            list.add(.unknownImage, image.name, content)
        } else {
            list.add(.foreignFile, image.name, "\(image.byteCount) bytes")
        }
    }
}
