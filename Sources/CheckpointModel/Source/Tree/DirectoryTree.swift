internal import CRIUImages
internal import EvidenceText
internal import SystemPackage

/// A directory and the ones in it. Links are never followed, but for `parent`, as CRIU follows it.
struct DirectoryTree: FileTree {
    let folders: [String: [String]]
    private let path: FilePath
    /// The paths of all files. Nothing else is ever opened, whatever evidence calls it.
    private let files: Set<String>
    /// The directories by what they are.
    private let directories: [FileIdentity: String]

    /// How deep checkpoints can lie, and how many names are looked through for one.
    private static let depth = 4
    private static let nameLimit = 100_000

    /// Lists a directory; if it holds no images itself, the directories in it too.
    ///
    /// - Parameter isDeep: Whether to look into directories at all.
    /// - Throws: `Errno`.
    init(_ path: FilePath, isDeep: Bool = true) throws(Errno) {
        self.path = path
        var listing = Listing(path: path)
        let names = try directoryNames(path)
        listing.directories[try fileStatus(path, followsLink: true).identity] = ""
        listing.folders[""] = names
        if isDeep, !CheckpointPlace.isOfDump(names) { listing.descend() }
        folders = listing.folders
        directories = listing.directories
        files = Set(folders.flatMap { folder, names in names.map { joined(folder, $0) } })
    }

    /// A directory as far as it has been looked through.
    private struct Listing {
        let path: FilePath
        var folders: [String: [String]] = [:]
        var directories: [FileIdentity: String] = [:]
        private var count = 0

        init(path: FilePath) {
            self.path = path
        }

        /// Lists the directories in the directory, the nearest ones first.
        mutating func descend() {
            var pending = [""]
            for _ in 0...DirectoryTree.depth {
                pending = pending.flatMap { divide($0) }
            }
        }

        /// Tells the files in a directory from the directories in it, lists these, and returns them.
        private mutating func divide(_ folder: String) -> [String] {
            var files: [String] = []
            var inner: [String] = []
            for name in (folders[folder] ?? []).sorted() {
                let below = joined(folder, name)
                let status = try? fileStatus(path.pushing(FilePath(below)), followsLink: false)
                guard let status, status.isDirectory else {
                    files.append(name)
                    continue
                }
                guard count < DirectoryTree.nameLimit, let names = try? directoryNames(path.pushing(FilePath(below)))
                else { continue }
                count += names.count
                folders[below] = names
                directories[status.identity] = below
                inner.append(below)
            }
            folders[folder] = files.isEmpty ? nil : files
            return inner
        }
    }

    func content(_ name: String) -> Known<DeferredBytes>? {
        guard files.contains(name) else { return nil }
        let file = path.pushing(FilePath(name))
        do throws(Errno) {
            // A link, device or FIFO in evidence is not an image, and opening one can have effects.
            guard try fileStatus(file, followsLink: false).isRegular else {
                return .missing(Absence(.damaged, "not a regular file"))
            }
            // Only of pages does it matter whether there is data.
            let holes = file.lastComponent?.string.hasPrefix("pages-") == true ? try fileHoles(file) : []
            return .value(DeferredBytes(try ImageBytes(path: file), holes: holes))
        } catch {
            return .missing(Absence(.damaged, "cannot be read: \(error)"))
        }
    }

    func modificationTime(_ name: String) -> Int64? {
        try? fileStatus(path.pushing(FilePath(name)), followsLink: false).modificationTime
    }

    func identity(of folder: String) -> FolderIdentity {
        let status = try? fileStatus(path.pushing(FilePath(folder)), followsLink: true)
        return status.map { .directory($0.identity) } ?? .member(folder)
    }

    // MARK: Snapshots

    func snapshot(under folder: String) throws(ImageError) -> Snapshot? {
        guard files.contains(joined(folder, "parent")) else { return nil }
        do {
            let target = try snapshotPath(of: path.pushing(FilePath(folder)))
            return Snapshot(tree: try DirectoryTree(target, isDeep: false), folder: "", isInside: false)
        } catch {
            throw ImageError(unreadable: "parent", "the parent snapshot cannot be opened: \(error)")
        }
    }

    func folderOfParent(of folder: String) -> String? {
        guard let target = try? snapshotPath(of: path.pushing(FilePath(folder))),
            let wanted = try? fileStatus(target, followsLink: true).identity
        else { return nil }
        return directories[wanted]
    }
}

/// Where the `parent` link in a directory of images leads. Tools that know no links keep its text in a file instead.
///
/// - Throws: `Errno` if there is none.
func snapshotPath(of directory: FilePath) throws(Errno) -> FilePath {
    let link = directory.appending("parent")
    guard try fileStatus(link, followsLink: false).isRegular else { return link }
    let text = try ImageBytes(path: link)
    guard text.count <= 4096, let line = ByteText(text.copy(0..<text.count)).string,
        let target = line.split(separator: "\n").first.map(String.init)
    else { throw .notDirectory }
    return directory.pushing(FilePath(target))
}
