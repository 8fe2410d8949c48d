internal import EvidenceText

internal import CRIUImages
internal import Synchronization

/// The files that processes map: deleted ones from the images, changed ones from the archive's changes to the root file
/// system, and the others from a directory, if the user names one. Files of the machine that the tool runs on are never
/// read unless that directory is its root.
public final class RootFiles: Sendable {
    /// The directory that stands for the root file system; nil if the user names none.
    public let sysroot: SystemRoot?
    private let checkpoint: Checkpoint
    private let files = Mutex<[FileReference: Known<RootFile>]>([:])

    /// The archive of changes that container engines put beside the images.
    private static let changes = "rootfs-diff.tar"
    /// Files that are larger are not put together in memory.
    private static let limit: UInt64 = 1 << 30

    /// Looks for the files of a checkpoint.
    ///
    /// - Parameters:
    ///   - checkpoint: The checkpoint.
    ///   - sysroot: The directory that stands for the root file system; nil for none.
    public init(_ checkpoint: Checkpoint, sysroot: SystemRoot?) {
        self.checkpoint = checkpoint
        self.sysroot = sysroot
    }

    /// The file that an open file is, or why it cannot be had. It is opened once.
    public func file(_ file: OpenFile) -> Known<RootFile> {
        if let found = files.withLock({ $0[file.reference] }) { return found }
        let found = find(file)
        return files.withLock { files in
            if let earlier = files[file.reference] { return earlier }
            files[file.reference] = found
            return found
        }
    }

    private func find(_ file: OpenFile) -> Known<RootFile> {
        if let ghost = deleted(file) { return ghost }
        guard case .path(let record) = file.detail else {
            return .missing(Absence(.notApplicable, "it is no file of a file system"))
        }
        guard !record.isExternal else {
            return .missing(Absence(.noImage, "it is a file from outside that the restorer has to supply"))
        }
        if let changed = changed(record.path) { return changed }
        guard let sysroot else {
            return .missing(Absence(.noImage, "no directory with the root file system was named"))
        }
        return sysroot.file(record.path, .sysroot)
    }

    private func deleted(_ file: OpenFile) -> Known<RootFile>? {
        guard case .ghost(let number) = checkpoint.remap(of: file), let ghost = checkpoint.ghost(number),
            let content = ghost.content.value
        else { return nil }
        let path = ghost.path.value ?? file.target.value ?? ""
        return RootFiles.whole(content).map {
            RootFile(path: path, source: .deletedFile(image: ghost.origin.image), bytes: $0)
        }
    }

    private func changed(_ path: ByteText) -> Known<RootFile>? {
        guard let member = changedFiles[path] else { return nil }
        return member.content.flatMap(RootFiles.whole).map {
            RootFile(path: path, source: .changes(archive: RootFiles.changes), bytes: $0)
        }
    }

    /// The regular files of the archive of changes, by their paths.
    private var changedFiles: [ByteText: ArchiveMember] {
        checkpoint.memo.value { ChangedFiles(checkpoint.library.archive(RootFiles.changes).value?.members ?? []) }
            .byPath
    }

    private struct ChangedFiles: Sendable {
        var byPath: [ByteText: ArchiveMember] = [:]

        init(_ members: [ArchiveMember]) {
            for member in members {
                let path = ByteText([UInt8(ascii: "/")] + member.name.bytes)
                switch member.type {
                case .file: byPath[path] = member
                case .hardLink:
                    let target = member.linkTarget.map { ByteText([UInt8(ascii: "/")] + $0.bytes) }
                    byPath[path] = target.flatMap { byPath[$0] }
                default: byPath[path] = nil
                }
            }
        }
    }

    /// Content as one stretch of bytes; it is copied if it is in pieces.
    private static func whole(_ content: Content) -> Known<ImageBytes> {
        if let absence = content.absence { return .missing(absence) }
        if content.pieces.count == 1, content.pieces[0].count == content.size { return content.pieces[0].bytes }
        guard content.size <= limit else {
            return .missing(Absence(.unsupported, "a file of \(content.size) bytes in pieces is not read"))
        }
        return .value(ImageBytes(content.prefix(Int(content.size))))
    }
}
