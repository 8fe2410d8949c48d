public import EvidenceText
public import SystemPackage

internal import CRIUImages

/// A directory that stands for the root of a file system: that of the container or machine that was dumped, or a folder of
/// debug files. Whatever links it holds, nothing outside of it is opened, and nothing but regular files, only to read.
public struct SystemRoot: Sendable {
    /// The directory, as the user named it.
    public let path: FilePath

    /// Names a directory.
    ///
    /// - Throws: ``CheckpointError`` if it is none, or cannot be looked at.
    public init(path: FilePath) throws(CheckpointError) {
        do {
            guard try fileStatus(path, followsLink: true).isDirectory else {
                throw CheckpointError(path: ByteText(path.string), detail: "is not a directory")
            }
        } catch let error as Errno {
            throw CheckpointError(path: ByteText(path.string), detail: "cannot be opened: \(error)")
        } catch {
            throw CheckpointError(path: ByteText(path.string), detail: "is not a directory")
        }
        self.path = path
    }

    /// Opens a regular file. The caller closes it.
    ///
    /// Symbolic links are followed as a process would that has the directory for its root: an absolute one begins there,
    /// and `..` does not lead out of it.
    ///
    /// - Parameter file: The path below the directory, with or without `/` in front.
    /// - Returns: The open file, or why there is none.
    public func open(_ file: ByteText) -> Known<FileDescriptor> {
        var walk: PathWalk
        do {
            walk = try PathWalk(path)
        } catch {
            return .missing(Absence(.unreadable, "\(path.string) cannot be opened: \(error)"))
        }
        do {
            return .value(try walk.open(file.bytes))
        } catch Errno.noSuchFileOrDirectory, Errno.notDirectory {
            return .missing(Absence(.noImage, "there is no such file below \(path.string)"))
        } catch {
            return .missing(Absence(.unreadable, "the file below \(path.string) cannot be opened: \(error)"))
        }
    }

    /// A regular file, mapped and looked at.
    ///
    /// - Parameters:
    ///   - file: The path below the directory.
    ///   - source: What the directory is.
    public func file(_ file: ByteText, _ source: RootFile.Source) -> Known<RootFile> {
        bytes(of: file).map { RootFile(path: file, source: source, bytes: $0) }
    }

    /// Maps a regular file.
    func bytes(of file: ByteText) -> Known<ImageBytes> {
        open(file).flatMap { descriptor in
            defer { try? descriptor.close() }
            do {
                return .value(try ImageBytes(reading: descriptor))
            } catch {
                return .missing(Absence(.unreadable, "the file below \(path.string) cannot be read: \(error)"))
            }
        }
    }
}
