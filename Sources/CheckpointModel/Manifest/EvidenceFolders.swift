internal import EvidenceText
internal import SystemPackage

/// The directories of a piece of evidence: the one that the user named with all that is in it, those of the snapshots that
/// its images build on, and files of engines near it.
struct EvidenceFolders {
    private(set) var folders: [Folder] = []
    /// What could not be looked at.
    private(set) var problems: [Problem] = []
    private var seen: Set<FileIdentity> = []

    /// A directory, or some files of one.
    struct Folder: Sendable {
        /// How it is reached from what the user named.
        let name: ByteText
        let kind: EvidenceSource.Kind
        let path: FilePath
        let entries: [FolderListing.Entry]
    }

    /// As many snapshots as the model follows.
    private static let depthLimit = 1000

    /// - Throws: `Errno` if the directory cannot be opened.
    init(_ path: FilePath) throws(Errno) {
        let listing = try FolderListing(path, isDeep: true)
        seen = listing.folders
        problems = listing.problems
        add(Folder(name: "", kind: .directory, path: path, entries: listing.entries))
        var next = 0
        while next < folders.count, next <= EvidenceFolders.depthLimit {
            for (folder, name) in parents(of: folders[next]) { addParent(of: folder, named: name) }
            next += 1
        }
        addNeighbours(of: path)
    }

    private mutating func add(_ folder: Folder) { folders.append(folder) }

    private mutating func note(_ name: ByteText, _ detail: String) {
        problems.append(
            Problem(image: name.plainText, entry: nil, offset: nil, code: "unreadable", detail: detail))
    }

    // MARK: Snapshots

    /// The directories of images that have a `parent`, and what these are called.
    private func parents(of folder: Folder) -> [(directory: FilePath, name: ByteText)] {
        let places = Set(folder.entries.lazy.filter { $0.name.isImage }.map(\.name.folder))
        return folder.entries.filter { $0.isParent && places.contains($0.name.folder) }.map { entry in
            (entry.path.removingLastComponent(), entry.name.joined(after: folder.name))
        }
    }

    /// Lists the snapshot that images build on, unless it is listed already.
    private mutating func addParent(of directory: FilePath, named name: ByteText) {
        do throws(Errno) {
            let path = try snapshotPath(of: directory)
            let status = try fileStatus(path, followsLink: true)
            guard !seen.contains(status.identity) else { return }
            let listing = try FolderListing(path, isDeep: false)
            guard listing.entries.contains(where: { $0.name.isImage }) else {
                return note(name, "there are no images where the link to the parent snapshot leads")
            }
            seen.insert(status.identity)
            problems += listing.problems.map { $0.prefixed(name.plainText + "/") }
            add(Folder(name: name, kind: .parent, path: path, entries: listing.entries))
        } catch {
            note(name, "the parent snapshot cannot be opened: \(error)")
        }
    }

    // MARK: Files near the directory

    private mutating func addNeighbours(of path: FilePath) {
        let names = folders[0].entries.compactMap(\.name.string)
        guard CheckpointPlace.isOfDump(names) else { return }
        let files = Neighbours.files(of: path).values.map(\.path).sorted()
        for (folder, files) in Dictionary(grouping: files, by: { parentFolder($0) ?? "" }).sorted(by: {
            $0.key < $1.key
        }) {
            let place = path.pushing(FilePath(folder))
            let entries = files.compactMap { file -> FolderListing.Entry? in
                let name = String(file.dropFirst(folder.count + 1))
                let path = place.appending(name)
                guard let status = try? fileStatus(path, followsLink: false), status.isRegular else { return nil }
                return FolderListing.Entry(name: ByteText(name), path: path, status: status, target: nil)
            }
            add(Folder(name: ByteText(folder), kind: .neighbours, path: place, entries: entries))
        }
    }
}

extension FolderListing.Entry {
    /// Whether it can lead to the snapshot that images beside it build on.
    fileprivate var isParent: Bool {
        guard let status, name == "parent" || name.bytes.suffix(7).elementsEqual("/parent".utf8) else { return false }
        return status.isLink || status.isRegular
    }
}

extension ByteText {
    fileprivate var isImage: Bool { bytes.suffix(4).elementsEqual(".img".utf8) }

    /// The path without its last name.
    fileprivate var folder: ByteText {
        ByteText(bytes.lastIndex(of: UInt8(ascii: "/")).map { Array(bytes[..<$0]) } ?? [])
    }

    /// The path below another one.
    func joined(after folder: ByteText) -> ByteText {
        folder.isEmpty ? self : ByteText(folder.bytes + [UInt8(ascii: "/")] + bytes)
    }
}
