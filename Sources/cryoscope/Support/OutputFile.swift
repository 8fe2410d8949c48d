import EvidenceText
import Synchronization
import SystemPackage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Where a command's output goes: standard output, or a file that gets its name only when it is complete.
struct OutputFile: ~Copyable {
    private let descriptor: FileDescriptor
    private let path: String?
    private let state: State
    /// Collects the output.
    let buffer: OutputBuffer

    /// What has to be done when the output is complete.
    private enum State {
        /// Nothing: it goes to where it belongs.
        case inPlace
        /// The file has no name yet.
        case unnamed
        /// The file has this name for the time being.
        case temporary(String)
    }

    /// Opens the output.
    ///
    /// - Parameter path: The file, or nil for standard output. A device or FIFO is written in place.
    /// - Throws: ``CommandFailure`` if the file cannot be made.
    init(_ path: String?) throws {
        // A link stays a link: what it leads to is replaced.
        let path = path.map(resolvedPath)
        self.path = path
        guard let path else {
            (descriptor, state) = (.standardOutput, .inPlace)
            buffer = OutputBuffer(to: descriptor) {
                if isatty(STDOUT_FILENO) == 1 { ProgressBar.isHidden.store(true, ordering: .relaxed) }
            }
            return
        }
        if isSpecialFile(path) {
            state = .inPlace
            descriptor = try OutputFile.open(path, path, [])
        } else if let unnamed = unnamedFile(beside: path) {
            state = .unnamed
            descriptor = unnamed
        } else {
            let temporary = temporaryName(path)
            state = .temporary(temporary)
            removeOnInterruption(temporary)
            descriptor = try OutputFile.open(temporary, path, [.create, .exclusiveCreate])
        }
        buffer = OutputBuffer(to: descriptor)
    }

    private static func open(
        _ name: String, _ shown: String, _ options: FileDescriptor.OpenOptions
    ) throws -> FileDescriptor {
        do {
            return try FileDescriptor.open(
                FilePath(name), .writeOnly, options: options.union([.truncate, .closeOnExec]),
                permissions: [.ownerReadWrite, .groupRead, .otherRead])
        } catch let error as Errno {
            throw CommandFailure(message: "\(shown) cannot be written: \(error)")
        }
    }

    /// Runs a command's work and writes out what it made.
    ///
    /// - Parameters:
    ///   - keepsPart: Whether what was made before the work threw, because of damaged input, gets the file's name too.
    ///   - work: Makes the output.
    consuming func write(keepsPart: Bool = true, _ work: (OutputBuffer) throws -> Void) throws {
        var failure: (any Error)?
        do {
            try work(buffer)
        } catch {
            failure = error
        }
        if let failure, !keepsPart {
            discard()
            throw failure
        }
        try close()
        if let failure { throw failure }
    }

    /// Runs work that writes in places of the file, with holes between them. If it throws, the file is not made.
    ///
    /// - Throws: ``CommandFailure`` if the output is no regular file.
    consuming func writeSparse<Result>(_ work: (SparseOutput) throws -> Result) throws -> Result {
        try writeAnywhere { try work(SparseOutput(descriptor: $0)) }
    }

    /// Runs work on the file itself, for output that is not written from front to end. If it throws, the file is not made.
    ///
    /// - Throws: ``CommandFailure`` if the output is no regular file.
    consuming func writeAnywhere<Result>(_ work: (FileDescriptor) throws -> Result) throws -> Result {
        if case .inPlace = state {
            throw CommandFailure(message: "\(path ?? "standard output") is no regular file")
        }
        let result: Result
        do {
            result = try work(descriptor)
        } catch {
            discard()
            throw error
        }
        try close()
        return result
    }

    private consuming func close() throws {
        do {
            try buffer.flush()
            try giveName()
            if path != nil { try descriptor.close() }
        } catch {
            discard()
            throw error
        }
    }

    private func giveName() throws {
        guard let path else { return }
        let failure: Errno? =
            switch state {
            case .inPlace: nil
            case .unnamed: link(descriptor, path)
            case .temporary(let name): rename(name, path) == 0 ? nil : Errno(rawValue: errno)
            }
        if let failure { throw CommandFailure(message: "\(path) cannot be written: \(failure)") }
    }

    private func discard() {
        if case .temporary(let name) = state { unlink(name) }
    }
}

/// The path without links, if there is something.
private func resolvedPath(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
}

/// Whether a path leads to something that is there and is not a regular file.
private func isSpecialFile(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
}

/// Whether a path leads to a directory.
func isDirectory(_ path: String) -> Bool {
    var status = stat()
    let result = argumentPath(path).withPlatformString { stat($0, &status) }
    return result == 0 && status.st_mode & S_IFMT == S_IFDIR
}
