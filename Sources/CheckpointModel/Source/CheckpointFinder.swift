internal import CRIUImages
internal import EvidenceText

/// Finds checkpoints in a tree of files by what is in it: images in folders, an OCI image layout, archives.
struct CheckpointFinder {
    /// The source as the user named it.
    let name: ByteText
    let context: SourceContext
    /// What stood in the way of finding more.
    let hindrances = Hindrances()

    /// A list that all parts of a search add to.
    final class Hindrances {
        var problems: [Problem] = []
    }

    /// How many archives in archives are opened, and how many files are looked at for being one.
    private static let depthLimit = 3
    private static let fileLimit = 10_000

    /// One checkpoint of a source.
    struct Candidate {
        /// What it is called where there are several: a folder, an archive, a name that an image has.
        let label: String
        let source: FolderSource
        /// What is wrong with the archives that it is in.
        let problems: [Problem]
        /// The archives that it is in, the outermost first.
        let archives: [(name: String, bytes: ImageBytes)]
    }

    /// Where a tree of files was found.
    struct Location {
        /// What checkpoints in it are called: the names of archives; empty at the top.
        var label = ""
        /// What stands before the names of files in problems and in the log.
        var prefix = ""
        /// The archives that it is in, the outermost first.
        var archives: [(name: String, bytes: ImageBytes)] = []
        /// What is wrong with them.
        var problems: [Problem] = []

        func log() -> ReadLog { ReadLog(prefix: prefix, isArchive: !archives.isEmpty, archives: archives) }
    }

    /// The checkpoints in a tree, in a fixed order.
    ///
    /// - Parameter extra: Files that lie outside of the tree.
    func candidates(
        in tree: any FileTree, at location: Location, extra: [String: ExtraFile] = [:]
    ) -> [Candidate] {
        let places = CheckpointPlace.all(in: tree)
        var found = places.map { place in
            let problems = (tree as? ArchiveTree)?.problems(in: [place.images, place.root]) ?? []
            return Candidate(
                label: label(of: place, at: location),
                source: FolderSource(
                    tree, place, name: name,
                    extra: podFiles(above: place.root, in: tree, at: location).merging(extra) { $1 }, context,
                    log: location.log()),
                problems: location.problems + problems.map { $0.prefixed(location.prefix) },
                archives: location.archives)
        }
        if found.isEmpty, let layout = OCILayout(tree, self, location) { return layout.candidates() }
        // A pod keeps its containers in folders or in archives of their own.
        let isPod = tree.folders.values.contains { $0.contains("pod.options") || $0.contains("pod.dump") }
        let isBare = !tree.folders.values.contains { $0.contains(where: CheckpointPlace.engineFiles.contains) }
        if tree is ArchiveTree && found.isEmpty && isBare || isPod { found += nested(in: tree, at: location) }
        return found
    }

    private func label(of place: CheckpointPlace, at location: Location) -> String {
        let folder = place.root.isEmpty && place.images != "checkpoint" ? place.images : place.root
        return [location.label, folder].filter { !$0.isEmpty }.joined(separator: "/")
    }

    /// The checkpoints in archives that are members of a tree.
    private func nested(in tree: any FileTree, at location: Location) -> [Candidate] {
        guard location.archives.count < CheckpointFinder.depthLimit else { return [] }
        let paths = tree.folders.flatMap { folder, names in names.map { joined(folder, $0) } }.sorted()
        return paths.prefix(CheckpointFinder.fileLimit).flatMap { path -> [Candidate] in
            guard !path.hasSuffix(".img"), let content = tree.content(path)?.value, ArchiveSignature.begins(content),
                let bytes = content.all.value
            else { return [] }
            let pod = podFiles(above: parentFolder(path) ?? "", in: tree, at: location)
            return candidates(inArchive: bytes, named: path, label: path, at: location, extra: pod)
        }
    }

    /// What describes the pod that a container is of: files in the folder of the container, or in one above it.
    private func podFiles(above folder: String, in tree: any FileTree, at location: Location) -> [String: ExtraFile] {
        var files: [String: ExtraFile] = [:]
        for name in ["pod.options", "pod.dump"] {
            var current: String? = folder
            while let place = current, files[name] == nil {
                let path = joined(place, name)
                files[name] = tree.content(path).map { ExtraFile(path: location.prefix + path, content: $0) }
                current = parentFolder(place)
            }
        }
        return files
    }

    /// The checkpoints in an archive that is itself in another one or in a directory; none if it is no archive.
    func candidates(
        inArchive bytes: ImageBytes, named path: String, label: String, at location: Location,
        extra: [String: ExtraFile] = [:]
    ) -> [Candidate] {
        let tree: ArchiveTree
        do {
            tree = try ArchiveTree(bytes, context)
        } catch {
            let problem = Problem(image: path, entry: nil, offset: nil, code: "damaged-archive", detail: error.detail)
            hindrances.problems.append(problem.prefixed(location.prefix))
            return []
        }
        var inner = location
        inner.label = [location.label, label].filter { !$0.isEmpty }.joined(separator: "/")
        inner.prefix = location.prefix + path + "/"
        inner.archives.append((location.prefix + path, bytes))
        let problems = tree.problems.map { $0.prefixed(inner.prefix) }
        inner.problems += problems
        hindrances.problems += problems
        return candidates(in: tree, at: inner, extra: extra)
    }
}

/// The first bytes of what can be an archive, so that not every file has to be tried.
enum ArchiveSignature {
    private static let compressors: [[UInt8]] = [
        [0x1F, 0x8B], [0x28, 0xB5, 0x2F, 0xFD], [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], Array("BZh".utf8),
    ]

    /// How many bytes have to be seen.
    static let length = 512

    /// Whether bytes begin as those of a compressor do.
    static func isPacked(_ bytes: UnsafeRawBufferPointer) -> Bool { compressors.contains { bytes.starts(with: $0) } }

    /// Whether content begins as an archive does.
    static func begins(_ content: DeferredBytes) -> Bool {
        guard let bytes = content.bytes(0..<min(content.count, length)).value else { return false }
        let head = bytes.copy(0..<bytes.count)
        return compressors.contains { head.starts(with: $0) }
            || head.count >= 262 && head[257..<262].elementsEqual("ustar".utf8)
    }
}

extension Problem {
    /// The same problem of an image that is in an archive within the source.
    func prefixed(_ prefix: String) -> Problem {
        Problem(image: prefix + image, entry: entry, offset: offset, code: code, detail: detail)
    }
}
