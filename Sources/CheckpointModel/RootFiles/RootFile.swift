public import EvidenceText

internal import CRIUImages

/// A file that processes map, as it is now: in the images, beside them, or in a directory that the user names.
public struct RootFile: Sendable {
    /// The path, as the images have it.
    public let path: ByteText
    /// Where the file was read.
    public let source: Source
    /// Its bytes.
    public let bytes: MemoryStretch.Bytes
    /// What its headers say; nil if it is not ELF.
    public let elf: ELFHeader?

    /// Where a file was read.
    public enum Source: Sendable, Equatable {
        /// The image of a deleted file: the very file that was mapped.
        case deletedFile(image: String)
        /// An archive of changes to the root file system that lies beside the images.
        case changes(archive: String)
        /// The directory that the user named.
        case sysroot
        /// The directory of debug files that the user named.
        case debugFiles
        /// The memory of a process.
        case memory
    }

    /// A file that is mapped in full, out of the memory of a process.
    ///
    /// - Parameters:
    ///   - path: What it is called.
    ///   - bytes: All of it.
    public init(path: ByteText, inMemory bytes: [UInt8]) {
        self.init(path: path, source: .memory, bytes: ImageBytes(bytes))
    }

    init(path: ByteText, source: Source, bytes: ImageBytes) {
        self.path = path
        self.source = source
        self.bytes = MemoryStretch.Bytes(bytes: bytes)
        elf = ELFHeader(parsing: bytes)
    }
}

/// Whether a file is the one that was mapped.
public enum FileVerification: Sendable, Equatable {
    /// It is in the images.
    case imaged
    /// Its build id is the recorded one.
    case buildID
    /// No build id is recorded, but its size is the recorded one, and pages of code that the images have agree with it.
    case pages(count: Int)
    /// It is not known to be the same, or known not to be.
    case unverified(String)

    /// Whether the file is the one that was mapped.
    public var isVerified: Bool {
        if case .unverified = self { return false }
        return true
    }
}
