internal import EvidenceText
public import SystemPackage

internal import CRIUImages

extension EvidenceManifest {
    /// Reads all of a piece of evidence: a directory, or a file such as an archive. It need not be a checkpoint.
    ///
    /// Files are read once, on all processors; of archives, what they hold is read too, in one run over each. Linear in the
    /// size of everything, unpacked.
    ///
    /// - Parameters:
    ///   - path: The directory or file. It is only read. Links in it are named and not followed, but for `parent` of images.
    ///   - options: How archives are opened; which container was chosen does not matter.
    /// - Throws: ``CheckpointError`` if it cannot be opened. What cannot be read in it is no error: see ``problems``.
    public init(path: FilePath, _ options: OpenOptions = OpenOptions()) throws(CheckpointError) {
        var context = SourceContext(options: options)
        context.options.container = nil
        // Nothing else is opened to look whether it is an archive: it could have no end.
        guard (try? fileStatus(path, followsLink: true))?.isRegular == true else {
            let files = try EvidenceFiles(path)
            let nested = NestedArchives(directory: path, context)
            self.init(
                path: path.text, sources: files.sources + nested.sources, problems: files.problems + nested.problems)
            return
        }
        try self.init(file: path, context)
    }

    /// A file is digested as it is while what it holds is unpacked.
    private init(file path: FilePath, _ context: SourceContext) throws(CheckpointError) {
        let parts = [true, false].inParallel { isOuter -> Part in
            guard isOuter else { return .inner(ArchiveManifest(path, context)) }
            do throws(CheckpointError) {
                return .outer(.success(try EvidenceFiles(path)))
            } catch {
                return .outer(.failure(error))
            }
        }
        guard case .outer(let outer) = parts[0], case .inner(let archive) = parts[1] else {
            throw CheckpointError(path: path.text, detail: "cannot be opened")
        }
        let files = try outer.get()
        guard let archive, let file = files.sources.first?.file else {
            self.init(path: path.text, sources: files.sources, problems: files.problems)
            return
        }
        let source = EvidenceSource(
            "", .archive, file: file, compression: archive.compression, archive.members)
        self.init(
            path: path.text, sources: [source] + archive.nested.sources,
            problems: files.problems + archive.problems + archive.nested.problems)
    }

    private enum Part: Sendable {
        case outer(Result<EvidenceFiles, CheckpointError>)
        case inner(ArchiveManifest?)
    }

    /// The directories that the evidence is in, to keep output out of them.
    public var folders: [FilePath] {
        sources.filter { $0.file == nil && $0.kind != .neighbours }.map { source in
            FilePath(bytes: path).pushing(FilePath(bytes: source.name))
        }
    }
}

/// What is in an archive that the user named.
private struct ArchiveManifest: Sendable {
    let compression: String?
    let members: [EvidenceMember]
    let problems: [Problem]
    let nested: NestedArchives

    /// - Returns: Nil if it is no archive, or cannot be opened.
    init?(_ path: FilePath, _ context: SourceContext) {
        guard let bytes = try? ImageBytes(path: path), let digests = try? ArchiveDigests(bytes, context),
            !digests.members.isEmpty
        else { return nil }
        (compression, members, problems) = (digests.compression, digests.sortedMembers, digests.problems)
        nested = NestedArchives(archive: (path.string, bytes), members, context)
    }
}
