internal import CRIUImages
internal import EvidenceText

/// Files in folders: a directory, or the members of an archive. Paths in it have no `.`, `..` or leading slash.
protocol FileTree: Sendable {
    /// The names of what is in each folder, by the folder's path; the top is the empty path. Folders without anything but
    /// folders in them are left out.
    var folders: [String: [String]] { get }

    /// The content of a file, or why it cannot be had; nil if there is no such file.
    func content(_ path: String) -> Known<DeferredBytes>?

    /// When a file was written, in seconds since 1970; nil if that is not known.
    func modificationTime(_ path: String) -> Int64?

    /// The snapshot that the `parent` of a folder leads to; nil if there is no `parent`.
    ///
    /// - Throws: ``ImageError`` if it leads nowhere.
    func snapshot(under folder: String) throws(ImageError) -> Snapshot?

    /// The folder of this tree that the `parent` of a folder leads to; nil if there is none, or if it is not in the tree.
    func folderOfParent(of folder: String) -> String?

    /// Tells a folder from all others, of this tree and of the ones that links lead to.
    func identity(of folder: String) -> FolderIdentity
}

/// A folder of images that another one builds on.
struct Snapshot {
    let tree: any FileTree
    let folder: String
    /// Whether it is in the same tree.
    let isInside: Bool
}

/// Tells folders apart.
enum FolderIdentity: Hashable {
    case directory(FileIdentity)
    case member(String)
}

/// The path of a file in a folder of a tree.
func joined(_ folder: String, _ name: String) -> String {
    folder.isEmpty ? name : folder + "/" + name
}

/// The folder that a path in a tree is in; nil for the top itself.
func parentFolder(_ path: String) -> String? {
    guard !path.isEmpty else { return nil }
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "" }
    return String(path[..<slash])
}

/// The parts of a path between its slashes. By bytes: a mark that combines with a slash must not hide it.
func pathParts(_ path: String) -> [String] {
    path.utf8.split(separator: UInt8(ascii: "/")).map { String(Substring($0)) }
}

/// A relative link as a folder of the same tree; nil if it leads out of it.
func resolved(_ target: String, from folder: String) -> String? {
    guard target.utf8.first != UInt8(ascii: "/") else { return nil }
    var parts = pathParts(folder)
    for part in pathParts(target) where part != "." {
        if part != ".." {
            parts.append(part)
        } else if parts.popLast() == nil {
            return nil
        }
    }
    return parts.joined(separator: "/")
}
