internal import CRIUImages
internal import EvidenceText

/// The images in a folder of a directory or of an archive, and what an engine put beside them.
struct FolderSource: ImageSource {
    let name: ByteText
    let imageNames: [String]
    let context: SourceContext
    private let tree: any FileTree
    private let place: CheckpointPlace
    /// Files that are not where the others are, by the names that they are asked for by.
    private let extra: [String: ExtraFile]
    private let log: ReadLog
    /// The folders on the way here by `parent` links, the first one given by the user.
    private let ancestry: [FolderIdentity]
    /// What stands before names in the log: empty, or `parent/` as often as it takes.
    private let prefix: String

    /// How many snapshots may build on each other.
    private static let depthLimit = 1000

    /// - Parameters:
    ///   - place: Where the images are in the tree.
    ///   - extra: Files that are not where the others are, by the names that they are asked for by.
    ///   - log: Is told of every file that is read.
    init(
        _ tree: any FileTree, _ place: CheckpointPlace, name: ByteText, extra: [String: ExtraFile] = [:],
        _ context: SourceContext, log: ReadLog
    ) {
        self.init(tree, place, name, extra, context, log, after: [], prefix: log.prefix)
    }

    private init(
        _ tree: any FileTree, _ place: CheckpointPlace, _ name: ByteText, _ extra: [String: ExtraFile],
        _ context: SourceContext, _ log: ReadLog, after ancestry: [FolderIdentity], prefix: String
    ) {
        (self.tree, self.place, self.name, self.extra) = (tree, place, name, extra)
        (self.context, self.log, self.prefix) = (context, log, prefix)
        self.ancestry = ancestry + [tree.identity(of: place.images)]
        // The engines keep statistics and log of the dump beside the folder, not in it.
        let outside = place.outside
        let beside = CheckpointPlace.dumpFiles.filter { file in
            extra[file] != nil || outside.contains { tree.folders[$0]?.contains(file) == true }
        }
        imageNames = Set(tree.folders[place.images] ?? []).union(beside).sorted()
    }

    var filesRead: [SourceFile] { log.files }

    // MARK: Images

    func bytes(of name: String) throws(ImageError) -> ImageBytes {
        switch try pages(of: name).all {
        case .value(let bytes): return bytes
        case .missing(let absence): throw ImageError(unreadable: name, absence.detail)
        }
    }

    func pages(of name: String) throws(ImageError) -> DeferredBytes {
        switch content(name, in: imageFolders(of: name)) {
        case .value(let bytes): return bytes
        case .missing(let absence): throw ImageError(unreadable: name, absence.detail)
        case nil: throw ImageError(unreadable: name, "is not there")
        }
    }

    /// Where an image is looked for.
    private func imageFolders(of name: String) -> [String] {
        CheckpointPlace.dumpFiles.contains(name) ? [place.images] + place.outside : [place.images]
    }

    func modificationTime(of name: String) -> Int64? {
        imageFolders(of: name).lazy.compactMap { tree.modificationTime(joined($0, name)) }.first
    }

    /// A file in the first of some folders that has it.
    private func content(_ name: String, in folders: [String]) -> Known<DeferredBytes>? {
        for folder in folders {
            let path = joined(folder, name)
            if let content = tree.content(path) { return noted(content, prefix + path, name) }
        }
        return extra[name].map { noted($0.content, $0.path, name) }
    }

    private func noted(_ content: Known<DeferredBytes>, _ path: String, _ name: String) -> Known<DeferredBytes> {
        content.map { log.note($0, path, isPages: name.hasPrefix("pages-") || name.hasPrefix("amdgpu-pages-")) }
    }

    // MARK: Files beside the images

    var attachmentNames: [String] {
        var names = Set(extra.keys)
        for (folder, files) in tree.folders {
            guard let path = relative(folder) else { continue }
            if folder == place.images {
                names.formUnion(files.filter { !$0.hasSuffix(".img") && $0 != "parent" }.map { joined(path, $0) })
            } else if !CheckpointPlace.holdsImages(files) {
                names.formUnion(files.map { joined(path, $0) })
            }
        }
        return names.sorted()
    }

    /// The path of a folder from the root on; nil if it is not below the root.
    private func relative(_ folder: String) -> String? {
        if place.root.isEmpty { return folder }
        if folder == place.root { return "" }
        return folder.hasPrefix(place.root + "/") ? String(folder.dropFirst(place.root.count + 1)) : nil
    }

    func attachment(_ name: String) -> Known<ImageBytes>? {
        // Names come from evidence: nothing outside of the tree is to be opened.
        guard !pathParts(name).contains("..") else { return nil }
        return content(name, in: [place.root, place.images] + place.outside.dropFirst()).map { $0.flatMap(\.all) }
    }

    // MARK: Snapshots

    func parent() throws(ImageError) -> (any ImageSource)? {
        guard let snapshot = try tree.snapshot(under: place.images) else { return nil }
        guard ancestry.count < FolderSource.depthLimit else {
            throw ImageError(
                unreadable: "parent", "more than \(FolderSource.depthLimit) snapshots build on each other")
        }
        guard !ancestry.contains(snapshot.tree.identity(of: snapshot.folder)) else {
            throw ImageError(unreadable: "parent", "the parent snapshots form a circle")
        }
        let place = CheckpointPlace(images: snapshot.folder, root: snapshot.folder, beside: nil)
        return FolderSource(
            snapshot.tree, place, name, [:], context, log, after: ancestry,
            prefix: snapshot.isInside ? prefix : prefix + "parent/")
    }
}

extension CheckpointPlace {
    /// Where files of the dump can be that are not with the images.
    fileprivate var outside: [String] { [root] + (beside.map { [$0] } ?? []) }
}

/// A file that is not where the others of a checkpoint are.
struct ExtraFile: Sendable {
    /// Where it is, for a person.
    let path: String
    /// Its content, or why it cannot be had.
    let content: Known<DeferredBytes>
}
