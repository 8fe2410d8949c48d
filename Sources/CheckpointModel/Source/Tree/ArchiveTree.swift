internal import CRIUImages
internal import EvidenceText

/// The members of an archive by name.
final class ArchiveTree: FileTree {
    let folders: [String: [String]]
    private let members: [String: ArchiveMember]
    /// What is neither file nor directory, by folder.
    private let oddities: [String: [Problem]]
    /// What is wrong with the archive itself.
    let problems: [Problem]

    /// Reads an archive.
    ///
    /// - Throws: ``ArchiveDamage`` if it is none. Damage inside is listed in ``problems``.
    init(_ bytes: ImageBytes, _ context: SourceContext) throws(ArchiveDamage) {
        let listing = try ArchiveListing(bytes, name: nil, context)
        var builder = Builder(problems: listing.problems)
        for (number, member) in listing.members.enumerated() { builder.add(member, number) }
        builder.noteAbsoluteNames()
        folders = builder.folders
        members = builder.members
        oddities = builder.oddities
        problems = builder.problems
    }

    /// What is odd about the members directly in some folders: links and devices.
    func problems(in folders: Set<String>) -> [Problem] {
        folders.sorted().flatMap { oddities[$0] ?? [] }
    }

    func content(_ path: String) -> Known<DeferredBytes>? {
        guard let member = members[path], member.type != .directory else { return nil }
        return member.bytes
    }

    func modificationTime(_ path: String) -> Int64? { members[path]?.modificationTime }

    func snapshot(under folder: String) throws(ImageError) -> Snapshot? {
        guard members[joined(folder, "parent")] != nil else { return nil }
        guard let parent = folderOfParent(of: folder) else {
            throw ImageError(unreadable: "parent", "does not lead to a folder of the archive")
        }
        guard folders[parent] != nil else {
            throw ImageError(unreadable: "parent", "the parent snapshot is not in the archive")
        }
        return Snapshot(tree: self, folder: parent, isInside: true)
    }

    func folderOfParent(of folder: String) -> String? {
        guard let target = members[joined(folder, "parent")]?.linkTarget?.string else { return nil }
        return resolved(target, from: folder)
    }

    func identity(of folder: String) -> FolderIdentity { .member(folder) }
}

extension ArchiveTree {
    /// Sorts members by their names.
    private struct Builder {
        var problems: [Problem]
        var members: [String: ArchiveMember] = [:]
        var folders: [String: [String]] = [:]
        var oddities: [String: [Problem]] = [:]
        private var absolute: (first: ArchiveMember, number: Int, count: Int)?

        init(problems: [Problem]) {
            self.problems = problems
        }

        mutating func noteAbsoluteNames() {
            guard let (first, number, count) = absolute else { return }
            let more = count > 1 ? ", as in \(count - 1) more" : ""
            problems.append(
                problem(first, number, "odd-member", "the name begins with a slash, which is left out" + more))
        }

        mutating func add(_ member: ArchiveMember, _ number: Int) {
            guard let name = member.name.string, !pathParts(name).contains("..") else {
                problems.append(problem(member, number, "bad-name", "the name cannot be one of a checkpoint"))
                return
            }
            if name.isEmpty { return }
            if member.isAbsolute {
                absolute = (absolute?.first ?? member, absolute?.number ?? number, (absolute?.count ?? 0) + 1)
            }
            let folder = parentFolder(name) ?? ""
            if let first = members[name], first.type != .directory {
                problems.append(problem(member, number, "duplicate", "the name occurs twice; the last one counts"))
            } else if member.type != .directory {
                folders[folder, default: []].append(pathParts(name).last ?? name)
            }
            members[name] = member
            if let oddity = oddity(member, name) {
                oddities[folder, default: []].append(problem(member, number, "odd-member", oddity))
            }
        }

        private func oddity(_ member: ArchiveMember, _ name: String) -> String? {
            switch member.type {
            case .file, .directory: return nil
            case .symbolicLink where pathParts(name).last == "parent": return nil
            case .symbolicLink, .hardLink: return "a link, which is not followed"
            case .characterDevice, .blockDevice, .fifo: return "a device or FIFO, which is not opened"
            case .other: return "neither file nor directory"
            }
        }

        private func problem(_ member: ArchiveMember, _ number: Int, _ code: String, _ detail: String) -> Problem {
            Problem(
                image: member.name.forTerminal, entry: nil, offset: nil, code: code,
                detail: "member \(number): \(detail)")
        }
    }
}
