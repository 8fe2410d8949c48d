public import SystemPackage

internal import CRIUImages
internal import EvidenceText

extension Checkpoint {
    /// Opens what a container engine or CRIU made, by what it holds: a directory of images, an unpacked archive, an archive
    /// (tar, plain or compressed by gzip, zstd, xz or bzip2), an OCI image layout, archives of several containers.
    ///
    /// - Parameters:
    ///   - path: The directory or file. It is only read, and links in it are not followed, but for `parent` of images.
    ///   - options: How it is opened.
    /// - Throws: ``CheckpointError`` if it cannot be read, if there are no images of a dump in it, or if
    ///   there are several containers in it and none of them was chosen. Damage is not an error: see ``problems``.
    public convenience init(path: FilePath, _ options: OpenOptions = OpenOptions()) throws(CheckpointError) {
        let opener = CheckpointOpener(path, options)
        let found = try opener.candidate()
        self.init(found.source, problems: found.problems, evidence: path)
    }

    /// Opens a directory.
    ///
    /// - Parameter path: The directory.
    /// - Throws: ``CheckpointError``, also if it is a file.
    public convenience init(directory path: FilePath) throws(CheckpointError) {
        let opener = CheckpointOpener(path, OpenOptions())
        guard try opener.isDirectory() else {
            throw opener.failure("cannot be opened: \(Errno.notDirectory)")
        }
        try self.init(path: path)
    }
}

/// Opens what the user named and chooses the checkpoint in it.
private struct CheckpointOpener {
    private let path: FilePath
    private let options: OpenOptions
    private let finder: CheckpointFinder

    init(_ path: FilePath, _ options: OpenOptions) {
        self.path = path
        self.options = options
        finder = CheckpointFinder(name: path.text, context: SourceContext(options: options))
    }

    func failure(_ detail: String) -> CheckpointError { CheckpointError(path: path.text, detail: detail) }

    func isDirectory() throws(CheckpointError) -> Bool {
        do {
            return try fileStatus(path, followsLink: true).isDirectory
        } catch {
            throw failure("cannot be opened: \(error)")
        }
    }

    /// The checkpoint, or the one that was chosen of several.
    func candidate() throws(CheckpointError) -> CheckpointFinder.Candidate {
        let isDirectory = try isDirectory()
        let candidates = isDirectory ? try directoryCandidates() : try archiveCandidates()
        guard let first = candidates.first else { throw nothing(isDirectory) }
        if let wanted = options.container { return try chosen(wanted, of: candidates) }
        guard candidates.count == 1 else {
            throw failure("holds several containers, of which one has to be chosen: \(list(candidates))")
        }
        return first
    }

    private func directoryCandidates() throws(CheckpointError) -> [CheckpointFinder.Candidate] {
        do {
            let tree = try DirectoryTree(path)
            let isBare = CheckpointPlace.isOfDump(tree.folders[""] ?? [])
            return finder.candidates(in: tree, at: .init(), extra: isBare ? Neighbours.files(of: path) : [:])
        } catch {
            throw failure("cannot be opened: \(error)")
        }
    }

    private func archiveCandidates() throws(CheckpointError) -> [CheckpointFinder.Candidate] {
        do {
            let bytes = try ImageBytes(path: path)
            let tree = try ArchiveTree(bytes, finder.context)
            finder.hindrances.problems += tree.problems
            let archive = (name: path.string, bytes: bytes)
            return finder.candidates(in: tree, at: .init(archives: [archive], problems: tree.problems))
        } catch let error as ArchiveDamage {
            throw failure("is not a checkpoint: \(error.detail)")
        } catch {
            throw failure("cannot be read: \(error)")
        }
    }

    private func nothing(_ isDirectory: Bool) -> CheckpointError {
        let what =
            isDirectory
            ? "neither inventory.img nor pstree.img nor images of processes are in it"
            : "no inventory.img, pstree.img or images of processes are in the archive"
        let damage = finder.hindrances.problems.first.map { "; " + ByteText($0.description).forTerminal } ?? ""
        return failure("is not a checkpoint: " + what + damage)
    }

    // MARK: Choosing

    private func chosen(
        _ wanted: String, of candidates: [CheckpointFinder.Candidate]
    ) throws(CheckpointError) -> CheckpointFinder.Candidate {
        let exact = candidates.filter { $0.label == wanted || $0.identity.names.contains(wanted) }
        let matching = exact.isEmpty ? candidates.filter { $0.identity.id?.hasPrefix(wanted) == true } : exact
        guard let first = matching.first else {
            throw failure("holds no container \(ByteText(wanted).forTerminal), but \(list(candidates))")
        }
        guard matching.count == 1 else {
            throw failure("holds several containers \(ByteText(wanted).forTerminal): \(list(matching))")
        }
        return first
    }

    /// How many are named one by one.
    private static let listed = 20

    private func list(_ candidates: [CheckpointFinder.Candidate]) -> String {
        let more =
            candidates.count > CheckpointOpener.listed ? " and \(candidates.count - CheckpointOpener.listed) more" : ""
        return candidates.prefix(CheckpointOpener.listed).map { candidate in
            let names = candidate.identity.names.filter { $0 != candidate.label }
            let words = (candidate.label.isEmpty ? [] : [candidate.label]) + names
            return ByteText(words.first ?? "a container without a name").forTerminal
                + (words.count > 1 ? " (\(ByteText(words[1]).forTerminal))" : "")
        }.joined(separator: ", ") + more
    }
}

extension FilePath {
    /// The bytes of the path, which need not be UTF-8.
    var text: ByteText {
        withPlatformString { pointer in
            var bytes: [UInt8] = []
            var cursor = pointer
            while cursor.pointee != 0 {
                bytes.append(UInt8(bitPattern: cursor.pointee))
                cursor += 1
            }
            return ByteText(bytes)
        }
    }
}
