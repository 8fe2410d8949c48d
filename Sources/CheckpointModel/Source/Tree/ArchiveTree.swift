internal import CRIUImages
internal import EvidenceText

/// The members of an archive by name.
final class ArchiveTree: FileTree {
    let folders: [String: [String]]
    private let members: [ArchiveMember]
    private let names: MemberNames
    /// What is neither file nor directory, by folder.
    private let oddities: [String: [Problem]]
    /// What is wrong with the archive itself.
    let problems: [Problem]

    /// Reads an archive.
    ///
    /// - Throws: ``ArchiveDamage`` if it is none. Damage inside is listed in ``problems``.
    init(_ bytes: ImageBytes, _ context: SourceContext) throws(ArchiveDamage) {
        let listing = try ArchiveListing(bytes, name: nil, context)
        members = listing.members
        var builder = Builder(members: members, problems: listing.problems)
        for member in members { builder.add(member) }
        builder.noteAbsoluteNames()
        folders = builder.folders
        names = builder.names
        oddities = builder.oddities
        problems = builder.problems
    }

    /// What is odd about the members directly in some folders: links and devices.
    func problems(in folders: Set<String>) -> [Problem] {
        folders.sorted().flatMap { oddities[$0] ?? [] }
    }

    private func member(_ path: String) -> ArchiveMember? { names.last(path, in: members).map { members[$0] } }

    func content(_ path: String) -> Known<DeferredBytes>? {
        guard let member = member(path), member.type != .directory else { return nil }
        return member.bytes
    }

    func modificationTime(_ path: String) -> Int64? { member(path)?.modificationTime }

    func snapshot(under folder: String) throws(ImageError) -> Snapshot? {
        guard member(joined(folder, "parent")) != nil else { return nil }
        guard let parent = folderOfParent(of: folder) else {
            throw ImageError(unreadable: "parent", "does not lead to a folder of the archive")
        }
        guard folders[parent] != nil else {
            throw ImageError(unreadable: "parent", "the parent snapshot is not in the archive")
        }
        return Snapshot(tree: self, folder: parent, isInside: true)
    }

    func folderOfParent(of folder: String) -> String? {
        guard let target = member(joined(folder, "parent"))?.linkTarget?.string else { return nil }
        return resolved(target, from: folder)
    }

    func identity(of folder: String) -> FolderIdentity { .member(folder) }
}

extension ArchiveTree {
    /// Sorts members by their names.
    private struct Builder {
        let members: [ArchiveMember]
        var problems: [Problem]
        let names: MemberNames
        var folders: [String: [String]] = [:]
        var oddities: [String: [Problem]] = [:]
        private var absolute: (first: ArchiveMember, count: Int)?

        init(members: [ArchiveMember], problems: [Problem]) {
            self.members = members
            self.problems = problems
            names = MemberNames(members)
        }

        mutating func noteAbsoluteNames() {
            guard let (first, count) = absolute else { return }
            let more = count > 1 ? ", as in \(count - 1) more" : ""
            problems.append(problem(first, "odd-member", "the name begins with a slash, which is left out" + more))
        }

        mutating func add(_ member: ArchiveMember) {
            guard let path = member.name.string, !member.name.leadsOut else {
                problems.append(problem(member, "bad-name", "the name cannot be one of a checkpoint"))
                return
            }
            if path.isEmpty { return }
            if member.header.isAbsolute { absolute = (absolute?.first ?? member, (absolute?.count ?? 0) + 1) }
            let folder = parentFolder(path) ?? ""
            let name = folder.isEmpty ? path : String(Substring(path.utf8.dropFirst(folder.utf8.count + 1)))
            if let earlier = names.earlier(member.number), members[earlier].type != .directory {
                problems.append(problem(member, "duplicate", "the name occurs twice; the last one counts"))
            } else if member.type != .directory {
                folders[folder, default: []].append(name)
            }
            if let oddity = oddity(member, name) {
                oddities[folder, default: []].append(problem(member, "odd-member", oddity))
            }
        }

        private func oddity(_ member: ArchiveMember, _ name: String) -> String? {
            switch member.type {
            case .file, .directory: return nil
            case .symbolicLink where name == "parent": return nil
            case .symbolicLink, .hardLink: return "a link, which is not followed"
            case .characterDevice, .blockDevice, .fifo: return "a device or FIFO, which is not opened"
            case .other: return "neither file nor directory"
            }
        }

        private func problem(_ member: ArchiveMember, _ code: String, _ detail: String) -> Problem {
            Problem(
                image: member.name.forTerminal, entry: nil, offset: nil, code: code,
                detail: "member \(member.number): \(detail)")
        }
    }
}

extension ByteText {
    /// Whether one of the parts between slashes is `..`.
    fileprivate var leadsOut: Bool {
        bytes.contains(UInt8(ascii: "."))
            && bytes.split(separator: UInt8(ascii: "/")).contains { $0.elementsEqual("..".utf8) }
    }
}
