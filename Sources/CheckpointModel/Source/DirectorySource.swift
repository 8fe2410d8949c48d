internal import CRIUImages
internal import EvidenceText
internal import SystemPackage

/// A directory of images.
struct DirectorySource: ImageSource {
    let name: ByteText
    let imageNames: [String]
    private let path: FilePath
    /// The directories on the way here by `parent` links, the first one given by the user.
    private let ancestry: [FileIdentity]

    /// How many snapshots may build on each other.
    private static let depthLimit = 1000

    /// Lists a directory.
    ///
    /// - Throws: `Errno`.
    init(path: FilePath) throws(Errno) {
        try self.init(path: path, after: [])
    }

    private init(path: FilePath, after ancestry: [FileIdentity]) throws(Errno) {
        self.path = path
        self.name = ByteText(path.string)
        self.imageNames = try directoryNames(path).sorted()
        self.ancestry = ancestry + [try fileStatus(path, followsLink: true).identity]
    }

    func bytes(of name: String) throws(ImageError) -> ImageBytes {
        let file = path.appending(name)
        do {
            // A link, device or FIFO in evidence is not an image, and opening one can have effects.
            guard try fileStatus(file, followsLink: false).isRegular else {
                throw ImageError(unreadable: name, "not a regular file")
            }
            return try ImageBytes(path: file)
        } catch let error as Errno {
            throw ImageError(unreadable: name, "cannot be read: \(error)")
        } catch let error as ImageError {
            throw error
        } catch {
            throw ImageError(unreadable: name, "cannot be read")
        }
    }

    func attachment(_ name: String) -> Known<ImageBytes>? {
        guard imageNames.contains(name) else { return nil }
        do {
            return .value(try bytes(of: name))
        } catch {
            return .missing(Absence(.damaged, error.description))
        }
    }

    func modificationTime(of name: String) -> Int64? {
        try? fileStatus(path.appending(name), followsLink: false).modificationTime
    }

    func parent() throws(ImageError) -> (any ImageSource)? {
        guard imageNames.contains("parent") else { return nil }
        guard ancestry.count < DirectorySource.depthLimit else {
            throw ImageError(
                unreadable: "parent", "more than \(DirectorySource.depthLimit) snapshots build on each other")
        }
        let source: DirectorySource
        do {
            source = try DirectorySource(path: try parentPath(), after: ancestry)
        } catch {
            throw ImageError(unreadable: "parent", "the parent snapshot cannot be opened: \(error)")
        }
        guard let identity = source.ancestry.last, !ancestry.contains(identity) else {
            throw ImageError(unreadable: "parent", "the parent snapshots form a circle")
        }
        return source
    }

    /// Where the `parent` link leads. Tools that know no links keep its text in a file instead.
    private func parentPath() throws(Errno) -> FilePath {
        let link = path.appending("parent")
        guard try fileStatus(link, followsLink: false).isRegular else { return link }
        let text = try ImageBytes(path: link)
        guard text.count <= 4096, let line = ByteText(text.copy(0..<text.count)).string,
            let target = line.split(separator: "\n").first.map(String.init)
        else { throw .notDirectory }
        return path.pushing(FilePath(target))
    }
}
