internal import CRIUImages
internal import EvidenceText

/// The images in an archive: of a container engine, or of a bare directory.
struct ArchiveSource: ImageSource {
    let name: ByteText
    let imageNames: [String]
    let context: SourceContext
    private let archive: Archive
    /// The folder of the images in the archive, without a slash at the end; empty for the top.
    private let folder: String
    private let ancestry: [String]

    /// - Parameter folder: The folder of the images.
    init(
        _ archive: Archive, name: ByteText, folder: String, _ context: SourceContext = SourceContext(),
        after ancestry: [String] = []
    ) {
        self.archive = archive
        self.name = name
        self.folder = folder
        self.context = context
        self.ancestry = ancestry + [folder]
        // The engines keep statistics and log of the dump beside the folder, not in it.
        let beside = ["stats-dump", "dump.log"].filter { archive.member($0) != nil }
        self.imageNames = Set(archive.names(in: folder) + beside).sorted()
    }

    func bytes(of name: String) throws(ImageError) -> ImageBytes {
        switch try pages(of: name).all {
        case .value(let bytes): return bytes
        case .missing(let absence): throw ImageError(unreadable: name, absence.detail)
        }
    }

    func pages(of name: String) throws(ImageError) -> DeferredBytes {
        guard let member = member(name) else { throw ImageError(unreadable: name, "not in the archive") }
        switch member.bytes {
        case .value(let bytes): return bytes
        case .missing(let absence): throw ImageError(unreadable: name, absence.detail)
        }
    }

    func attachment(_ name: String) -> Known<ImageBytes>? {
        archive.member(name)?.bytes.flatMap(\.all)
    }

    func modificationTime(of name: String) -> Int64? {
        member(name)?.modificationTime
    }

    private func member(_ name: String) -> ArchiveMember? {
        archive.member(folder.isEmpty ? name : folder + "/" + name) ?? archive.member(name)
    }

    func parent() throws(ImageError) -> (any ImageSource)? {
        guard let link = member("parent") else { return nil }
        guard let target = link.linkTarget?.string, let parent = resolved(target) else {
            throw ImageError(unreadable: "parent", "does not lead to a folder of the archive")
        }
        guard !ancestry.contains(parent) else {
            throw ImageError(unreadable: "parent", "the parent snapshots form a circle")
        }
        guard !archive.names(in: parent).isEmpty else {
            throw ImageError(unreadable: "parent", "the parent snapshot is not in the archive")
        }
        return ArchiveSource(archive, name: name, folder: parent, context, after: ancestry)
    }

    /// A relative link as a folder of the archive; nil if it leads out of it.
    private func resolved(_ target: String) -> String? {
        guard !target.hasPrefix("/") else { return nil }
        var parts = folder.split(separator: "/")
        for part in target.split(separator: "/") where part != "." {
            if part != ".." {
                parts.append(part)
            } else if parts.popLast() == nil {
                return nil
            }
        }
        return parts.joined(separator: "/")
    }
}

/// The members of an archive by name.
final class Archive: Sendable {
    private let members: [String: ArchiveMember]
    private let folders: [String: [String]]
    /// What is wrong with the archive itself.
    let problems: [Problem]

    /// Reads an archive.
    ///
    /// - Throws: ``ArchiveDamage`` if it is none. Damage inside is listed in ``problems``.
    init(_ bytes: ImageBytes, _ context: SourceContext = SourceContext()) throws(ArchiveDamage) {
        let listing = try ArchiveListing(bytes, name: nil, context)
        var problems = listing.problems
        var members: [String: ArchiveMember] = [:]
        var folders: [String: [String]] = [:]
        for (index, member) in listing.members.enumerated() {
            guard let name = member.name.string, !name.split(separator: "/").contains("..") else {
                problems.append(Archive.problem(member, index, "bad-name", "the name cannot be one of a checkpoint"))
                continue
            }
            if let first = members[name], first.type != .directory {
                problems.append(
                    Archive.problem(member, index, "duplicate", "the name occurs twice; the last one counts"))
            } else if member.type != .directory {
                let slash = name.lastIndex(of: "/")
                folders[slash.map { String(name[..<$0]) } ?? "", default: []].append(
                    String(name[(slash.map { name.index(after: $0) } ?? name.startIndex)...]))
            }
            members[name] = member
        }
        (self.members, self.folders, self.problems) = (members, folders, problems)
    }

    /// A member; nil if there is none. Constant time.
    func member(_ name: String) -> ArchiveMember? { members[name] }

    /// The names of the files in a folder, without those in folders in it.
    func names(in folder: String) -> [String] { folders[folder] ?? [] }

    /// The folder that holds the images: `checkpoint` where there is one, as the engines have it, else the one nearest to
    /// the top that has a process tree, or failing that an inventory, as a pre-dump has.
    var imageFolder: String? {
        for image in ["pstree.img", "inventory.img"] {
            let found = folders.filter { $0.value.contains(image) }.keys
            if found.contains("checkpoint") { return "checkpoint" }
            let nearest = found.min { ($0.split(separator: "/").count, $0) < ($1.split(separator: "/").count, $1) }
            if let nearest { return nearest }
        }
        return nil
    }

    private static func problem(_ member: ArchiveMember, _ index: Int, _ code: String, _ detail: String) -> Problem {
        Problem(
            image: member.name.forTerminal, entry: nil, offset: nil, code: code, detail: "member \(index): \(detail)")
    }
}
