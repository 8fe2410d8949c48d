internal import CRIUImages
internal import SystemPackage

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// A walk below a directory, one name at a time, that never leaves it. Owns the descriptors of the folders from the
/// directory to where it stands.
struct PathWalk: ~Copyable {
    private var folders: [Int32] = []
    /// The names that are left to walk, the next one last.
    private var names: [[UInt8]] = []
    private var links = 0

    /// As many links as Linux follows.
    private static let linkLimit = 40
    /// More names than a path can have that the kernel takes.
    private static let nameLimit = 4096
    private static let depthLimit = 200

    /// Begins at a directory.
    init(_ root: FilePath) throws(Errno) {
        folders = [try openEvidence(root, .directory).rawValue]
    }

    deinit {
        for folder in folders { close(folder) }
    }

    /// Walks to a regular file and opens it.
    mutating func open(_ path: [UInt8]) throws(Errno) -> FileDescriptor {
        try push(path)
        while let name = names.popLast() {
            if name == Array("..".utf8) {
                leave()
            } else if let file = try enter(name.map(CChar.init(bitPattern:)) + [0]) {
                return file
            }
        }
        throw Errno.isDirectory
    }

    /// Puts the names of a path before those that are left to walk.
    private mutating func push(_ path: [UInt8]) throws(Errno) {
        guard !path.contains(0) else { throw Errno.invalidArgument }
        let parts = path.split(separator: UInt8(ascii: "/")).filter { $0 != [UInt8(ascii: ".")] }.map { Array($0) }
        guard parts.count + names.count <= PathWalk.nameLimit else { throw Errno.fileNameTooLong }
        names += parts.reversed()
    }

    private mutating func leave() {
        if folders.count > 1 { close(folders.removeLast()) }
    }

    /// Goes into a folder, follows a link, or opens the last name's file; a name ends with NUL.
    private mutating func enter(_ name: [CChar]) throws(Errno) -> FileDescriptor? {
        var status = stat()
        try PathWalk.check(fstatat(here, name, &status, AT_SYMLINK_NOFOLLOW))
        switch status.st_mode & S_IFMT {
        case S_IFLNK: try follow(name)
        case S_IFDIR:
            guard folders.count < PathWalk.depthLimit else { throw Errno.fileNameTooLong }
            folders.append(try open(name, O_DIRECTORY).rawValue)
        case S_IFREG:
            guard names.isEmpty else { throw Errno.notDirectory }
            return try openRegular(name)
        default: throw Errno.notSupported
        }
        return nil
    }

    private var here: Int32 { folders[folders.count - 1] }

    private mutating func follow(_ name: [CChar]) throws(Errno) {
        links += 1
        guard links <= PathWalk.linkLimit else { throw Errno.tooManySymbolicLinkLevels }
        var target = [UInt8](repeating: 0, count: 4096)
        let length = target.withUnsafeMutableBytes { buffer in
            buffer.bindMemory(to: CChar.self).baseAddress.map { readlinkat(here, name, $0, buffer.count) } ?? -1
        }
        guard length >= 0 else { throw Errno(rawValue: errno) }
        if target.first == UInt8(ascii: "/") {
            while folders.count > 1 { leave() }
        }
        try push(Array(target.prefix(length)))
    }

    /// What the name leads to may have changed since it was looked at.
    private func openRegular(_ name: [CChar]) throws(Errno) -> FileDescriptor {
        let descriptor = try open(name, O_NOCTTY)
        var status = stat()
        guard fstat(descriptor.rawValue, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            try? descriptor.close()
            throw Errno.notSupported
        }
        return descriptor
    }

    /// Opens what has a name here; no link is followed.
    private func open(_ name: [CChar], _ flags: Int32) throws(Errno) -> FileDescriptor {
        let here = here
        return try openEvidence(FilePath(platformString: name), [.noFollow]) { _, options in
            FileDescriptor(rawValue: try PathWalk.check(openat(here, name, O_RDONLY | flags | options.rawValue)))
        }
    }

    @discardableResult
    private static func check(_ result: Int32) throws(Errno) -> Int32 {
        guard result >= 0 else { throw Errno(rawValue: errno) }
        return result
    }
}
