internal import CRIUImages
internal import EvidenceText

/// Lists the archive of a tmpfs.
struct TmpfsLoader {
    private let library: ImageLibrary
    private let name: String

    init(_ library: ImageLibrary, name: String) {
        self.library = library
        self.name = name
    }

    func content() -> Known<TmpfsContent> {
        do {
            var reader = try ArchiveReader(try library.source.bytes(of: name))
            let (members, damage) = reader.members()
            damage.forEach { note($0, members) }
            return .value(TmpfsContent(entries: members.map(TmpfsContent.Entry.init), origin: Origin(name)))
        } catch let error as ImageError {
            return .missing(library.note(error))
        } catch let error as ArchiveDamage {
            note(error, [])
            return .missing(Absence(.damaged, "\(name): \(error.detail)"))
        } catch {
            return .missing(Absence(.damaged, "\(name) cannot be read"))
        }
    }

    private func note(_ damage: ArchiveDamage, _ members: [ArchiveMember]) {
        let member = damage.member.flatMap { $0 < members.count ? members[$0].name.forTerminal : nil }
        library.note(
            Problem(
                image: name, entry: damage.member, offset: nil, code: "damaged-archive",
                detail: (member.map { $0 + ": " } ?? "") + damage.detail))
    }
}

extension TmpfsContent.Entry {
    init(_ member: ArchiveMember) {
        path = member.name.bytes.last == UInt8(ascii: "/") ? ByteText(Array(member.name.bytes.dropLast())) : member.name
        kind =
            switch member.type {
            case .file: .file
            case .directory: .directory
            case .symbolicLink: .symbolicLink
            case .other: .other
            }
        modificationTime = member.modificationTime
        linkTarget = member.linkTarget
        content =
            member.type == .file
            ? member.content.map { Content($0) } : .missing(Absence(.notApplicable, "only regular files have content"))
    }
}
