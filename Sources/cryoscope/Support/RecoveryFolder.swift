import CheckpointModel
import EvidenceText
import SystemPackage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A new folder for what is recovered. Names in it are the tool's own, and nothing in it is ever replaced or followed.
struct RecoveryFolder: ~Copyable {
    private let descriptor: FileDescriptor

    /// More holes than this are in no honest file; other tools would read them all.
    private static let holeLimit: UInt64 = 64 << 30

    /// Makes the folder, for the user alone; one that is there already must be empty.
    ///
    /// - Throws: ``CommandFailure`` if it cannot be made, or is not empty.
    init(_ path: String) throws {
        let isNew = mkdir(path, 0o700) == 0
        guard isNew || errno == EEXIST else { throw RecoveryFolder.failure(path, Errno(rawValue: errno)) }
        let opened = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard opened >= 0 else { throw RecoveryFolder.failure(path, Errno(rawValue: errno)) }
        let folder = FileDescriptor(rawValue: opened)
        guard isNew || RecoveryFolder.isEmpty(opened) else {
            try? folder.close()
            throw CommandFailure(message: "\(path) is not empty: name a new folder")
        }
        descriptor = folder
    }

    deinit { try? descriptor.close() }

    private static func failure(_ path: String, _ error: Errno) -> CommandFailure {
        CommandFailure(message: "\(path) cannot be made: \(error)")
    }

    private static func isEmpty(_ folder: Int32) -> Bool {
        let copy = dup(folder)
        guard copy >= 0 else { return false }
        guard let stream = fdopendir(copy) else {
            close(copy)
            return false
        }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            if name != [0x2E], name != [0x2E, 0x2E] { return false }
        }
        return true
    }

    /// Writes content to a new file, with holes where it has holes or bytes are missing.
    ///
    /// - Throws: `Errno`; there is no file then.
    func write(_ content: Content, as name: String) throws(Errno) {
        guard content.holeCount <= RecoveryFolder.holeLimit, let size = off_t(exactly: content.size) else {
            throw .fileTooLarge
        }
        try make(name) { file throws(Errno) in
            try content.forEachPiece { offset, bytes throws(Errno) in
                guard let place = Int64(exactly: offset) else { throw .fileTooLarge }
                _ = try throwingErrno { try file.writeAll(toAbsoluteOffset: place, bytes) }
            }
            guard ftruncate(file.rawValue, size) == 0 else { throw Errno(rawValue: errno) }
        }
    }

    /// Writes a text to a new file.
    ///
    /// - Parameter work: Makes the text.
    /// - Throws: `Errno`; there is no file then.
    func writeText(as name: String, _ work: (OutputBuffer) -> Void) throws(Errno) {
        try make(name) { file throws(Errno) in
            let buffer = OutputBuffer(to: file)
            work(buffer)
            try buffer.flush()
        }
    }

    /// Makes a file that has its name only when it is complete.
    private func make(_ name: String, _ work: (FileDescriptor) throws(Errno) -> Void) throws(Errno) {
        let unnamed = unnamedFile(in: ".", of: descriptor, permissions: 0o600)
        let file = if let unnamed { unnamed } else { try create(name) }
        do throws(Errno) {
            try work(file)
            if unnamed != nil { try link(file, as: name, in: descriptor) }
            try throwingErrno { try file.close() }
            keepOnInterruption()
        } catch {
            try? file.close()
            if unnamed == nil { unlinkat(descriptor.rawValue, name, 0) }
            throw error
        }
    }

    /// Makes a file under its name where there are none without names; an interruption removes it.
    private func create(_ name: String) throws(Errno) -> FileDescriptor {
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        let opened = openat(descriptor.rawValue, name, flags, 0o600)
        guard opened >= 0 else { throw Errno(rawValue: errno) }
        removeOnInterruption(name, in: descriptor)
        return FileDescriptor(rawValue: opened)
    }
}
