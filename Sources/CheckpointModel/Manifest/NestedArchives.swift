internal import CRIUImages
internal import EvidenceText
internal import SystemPackage

/// The archives inside of a piece of evidence that hold images: layers of OCI images, containers of a pod.
struct NestedArchives: Sendable {
    private(set) var sources: [EvidenceSource] = []
    private(set) var problems: [Problem] = []

    /// Looks for archives in a directory.
    init(directory path: FilePath, _ context: SourceContext) {
        guard let tree = try? DirectoryTree(path) else { return }
        let finder = CheckpointFinder(name: path.text, context: context)
        add(finder.candidates(in: tree, at: .init()).flatMap(\.archives), context)
    }

    /// Looks for archives in an archive whose members are known.
    init(archive: (name: String, bytes: ImageBytes), _ members: [EvidenceMember], _ context: SourceContext) {
        let isPod = members.contains { $0.isNamed("pod.options") || $0.isNamed("pod.dump") }
        // To look into an archive takes another run over it, and those of one container have none in them.
        let holdsImages = members.contains { $0.isNamed("pstree.img") || $0.isNamed("inventory.img") }
        guard isPod || !holdsImages, let tree = try? ArchiveTree(archive.bytes, context)
        else { return }
        let finder = CheckpointFinder(name: ByteText(archive.name), context: context)
        let found = finder.candidates(in: tree, at: .init(archives: [archive], problems: []))
        add(found.flatMap { $0.archives.dropFirst() }, context)
    }

    private mutating func add(_ archives: [(name: String, bytes: ImageBytes)], _ context: SourceContext) {
        var seen: Set<String> = []
        for (name, bytes) in archives where seen.insert(name).inserted {
            guard let digests = try? ArchiveDigests(bytes, context) else { continue }
            let file = EvidenceSource.File(size: UInt64(bytes.count), sha256: bytes.sha256())
            sources.append(
                EvidenceSource(
                    ByteText(name), .nestedArchive, file: file, compression: digests.compression, digests.sortedMembers)
            )
            problems += digests.problems.map { $0.prefixed(name + "/") }
        }
    }
}

extension EvidenceMember {
    /// Whether it is a file with a name, in whatever folder.
    fileprivate func isNamed(_ wanted: StaticString) -> Bool {
        let wanted = UnsafeBufferPointer(start: wanted.utf8Start, count: wanted.utf8CodeUnitCount)
        let bytes = name.bytes
        guard type == .file, bytes.count >= wanted.count, bytes[(bytes.count - wanted.count)...].elementsEqual(wanted)
        else { return false }
        return bytes.count == wanted.count || bytes[bytes.count - wanted.count - 1] == UInt8(ascii: "/")
    }
}
