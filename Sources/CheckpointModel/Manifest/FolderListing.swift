internal import EvidenceText
internal import SystemPackage

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// All that is in a directory, by the bytes of the names. Nothing is opened but directories, and no link is followed.
struct FolderListing {
    /// What is in it, sorted by name.
    private(set) var entries: [Entry] = []
    /// The directories, the one that is listed included.
    private(set) var folders: Set<FileIdentity> = []
    /// What could not be looked at.
    private(set) var problems: [Problem] = []
    private let path: FilePath

    /// A file, directory or link.
    struct Entry: Sendable {
        /// Its path in the directory.
        let name: ByteText
        let path: FilePath
        /// Nil if it cannot be looked at.
        let status: FileStatus?
        /// Where a symbolic link leads.
        let target: ByteText?
        /// Why it cannot be listed or looked at; nil if it can.
        fileprivate(set) var failure: Absence?
    }

    /// Lists a directory.
    ///
    /// - Parameter isDeep: Whether to list the directories in it, too.
    /// - Throws: `Errno` if it cannot be opened.
    init(_ path: FilePath, isDeep: Bool) throws(Errno) {
        self.path = path
        folders = [try fileStatus(path, followsLink: true).identity]
        let (names, failure) = try directoryEntries(path)
        if let failure { note("", failure) }
        var pending = add(names, in: "")
        while isDeep, let place = pending.popLast() {
            pending += add(list(place), in: entries[place].name)
        }
        entries.sort { $0.name < $1.name }
    }

    /// Adds names of a directory.
    ///
    /// - Returns: The places of those that are directories.
    private mutating func add(_ names: [ByteText], in folder: ByteText) -> [Int] {
        names.compactMap { name in
            entries.append(entry(name.joined(after: folder)))
            return entries[entries.count - 1].status?.isDirectory == true ? entries.count - 1 : nil
        }
    }

    private mutating func entry(_ name: ByteText) -> Entry {
        let file = path.pushing(FilePath(bytes: name))
        do throws(Errno) {
            let status = try fileStatus(file, followsLink: false)
            let target = status.isLink ? try linkTarget(file) : nil
            return Entry(name: name, path: file, status: status, target: target)
        } catch {
            return Entry(name: name, path: file, status: nil, target: nil, failure: note(name, error))
        }
    }

    /// The names in a directory that was met.
    private mutating func list(_ place: Int) -> [ByteText] {
        let entry = entries[place]
        // A directory that is mounted in itself would have no end.
        guard let status = entry.status, folders.insert(status.identity).inserted else { return [] }
        do throws(Errno) {
            let (names, failure) = try directoryEntries(entry.path)
            if let failure { entries[place].failure = note(entry.name, failure) }
            return names
        } catch {
            entries[place].failure = note(entry.name, error)
            return []
        }
    }

    @discardableResult
    private mutating func note(_ name: ByteText, _ error: Errno) -> Absence {
        let detail = "cannot be read: \(error)"
        problems.append(
            Problem(image: name.plainText, entry: nil, offset: nil, code: "unreadable", detail: detail))
        return Absence(.unreadable, detail)
    }
}

extension FilePath {
    /// A path of any bytes but NUL.
    init(bytes: ByteText) {
        self = (bytes.bytes.map(CChar.init(bitPattern:)) + [0]).withUnsafeBufferPointer {
            $0.baseAddress.map { FilePath(platformString: $0) } ?? FilePath()
        }
    }
}

extension ByteText {
    /// The text as it is; escaped where it is not UTF-8.
    var plainText: String { string ?? forTerminal }
}

extension EvidenceMember.Kind {
    /// What the mode of a file tells.
    init(_ status: FileStatus) {
        self =
            switch mode_t(status.type) {
            case S_IFREG: .file
            case S_IFDIR: .directory
            case S_IFLNK: .symbolicLink
            case S_IFCHR: .characterDevice
            case S_IFBLK: .blockDevice
            case S_IFIFO: .fifo
            case S_IFSOCK: .socket
            default: .other
            }
    }
}
