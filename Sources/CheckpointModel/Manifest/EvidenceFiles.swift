internal import EvidenceText
internal import SystemPackage

/// The part of a manifest that its digest is of: what the user named and what belongs to it, but nothing of what is inside
/// of archives.
struct EvidenceFiles: Sendable {
    let sources: [EvidenceSource]
    let problems: [Problem]
    /// The digests of files, by what they are.
    let digests: [FileIdentity: FileDigest]

    /// Reads a directory with all that belongs to it, or a file.
    ///
    /// - Throws: ``CheckpointError`` if it cannot be opened, or is neither.
    init(_ path: FilePath) throws(CheckpointError) {
        do {
            let status = try fileStatus(path, followsLink: true)
            if status.isDirectory {
                self.init(try EvidenceFolders(path))
                return
            }
            // Opening a device or a FIFO can have effects.
            guard status.isRegular else {
                throw CheckpointError(path: path.text, detail: "is neither a directory nor a regular file")
            }
            try self.init(file: path, status)
        } catch let error as CheckpointError {
            throw error
        } catch {
            throw CheckpointError(path: path.text, detail: "cannot be opened: \(error)")
        }
    }

    private init(file path: FilePath, _ status: FileStatus) throws(CheckpointError) {
        switch FileDigest.read(path) {
        case .missing(let absence): throw CheckpointError(path: path.text, detail: absence.detail)
        case .value(let digest):
            let file = EvidenceSource.File(size: digest.size, sha256: digest.sha256)
            sources = [EvidenceSource("", .file, file: file, [])]
            problems = []
            digests = [status.identity: digest]
        }
    }

    private init(_ found: EvidenceFolders) {
        let read = EvidenceFiles.read(found.folders)
        var problems = found.problems
        sources = found.folders.map { folder in
            var first: [FileIdentity: ByteText] = [:]
            let members = folder.entries.map { entry in
                let member = EvidenceMember(entry, read, &first)
                if member.type == .file, let absence = member.sha256?.absence {
                    let name = entry.name.joined(after: folder.name).plainText
                    problems.append(
                        Problem(image: name, entry: nil, offset: nil, code: "unreadable", detail: absence.detail))
                }
                return member
            }
            return EvidenceSource(folder.name, folder.kind, members)
        }
        self.problems = problems
        digests = read.compactMapValues(\.value)
    }

    /// Reads all regular files, each once, on all processors.
    private static func read(_ folders: [EvidenceFolders.Folder]) -> [FileIdentity: Known<FileDigest>] {
        var files: [FileIdentity: (path: FilePath, status: FileStatus)] = [:]
        for entry in folders.lazy.flatMap(\.entries) {
            guard let status = entry.status, status.isRegular, files[status.identity] == nil else { continue }
            files[status.identity] = (entry.path, status)
        }
        // The largest first, so that none is left for the end.
        let jobs = files.values.sorted { $0.status.size > $1.status.size }
        let results = jobs.inParallel { FileDigest.read($0.path, expected: $0.status) }
        return Dictionary(zip(jobs.map(\.status.identity), results), uniquingKeysWith: { first, _ in first })
    }
}

extension EvidenceMember {
    /// - Parameters:
    ///   - entry: What was found.
    ///   - digests: The digests of regular files.
    ///   - first: The names of files that can have more.
    fileprivate init(
        _ entry: FolderListing.Entry, _ digests: [FileIdentity: Known<FileDigest>],
        _ first: inout [FileIdentity: ByteText]
    ) {
        guard let status = entry.status else {
            self.init(entry.name, .other, sha256: entry.failure.map { .missing($0) })
            return
        }
        let type = Kind(status)
        guard type == .file else {
            self.init(entry.name, type, sha256: entry.failure.map { .missing($0) }, target: entry.target)
            return
        }
        let digest = digests[status.identity] ?? .missing(Absence(.unreadable, "it was not read"))
        var same: ByteText?
        if status.linkCount > 1 {
            same = first[status.identity]
            first[status.identity] = same ?? entry.name
        }
        self.init(
            entry.name, .file, size: digest.value?.size ?? status.size, sha256: digest.map(\.sha256), sameFileAs: same,
            imageKind: digest.value.flatMap { imageKindName($0.head, entry.name) })
    }
}
