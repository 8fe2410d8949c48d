internal import CRIUImages
internal import EvidenceText

extension FileSystemChanges {
    private static let archive = "rootfs-diff.tar"

    /// The changes by `rootfs-diff.tar` and `deleted.files`, or why there are none. What an archive is damaged in is
    /// listed as a problem.
    static func load(_ library: ImageLibrary, _ container: Known<Container>) -> Known<FileSystemChanges> {
        let listing = library.archive(archive)
        let deleted = MetadataFile.node("deleted.files", in: library)
        if listing.absence?.reason == .noImage && deleted.content.absence?.reason == .noImage {
            let detail = "neither \(archive) nor deleted.files is there: nothing was changed, or it was left out"
            return .missing(Absence(.noImage, detail))
        }
        let hasMarks = marksDeletion(library, container)
        let written = (listing.value?.members ?? []).map { change($0, hasMarks: hasMarks) }
        let gone = (deleted.texts.value ?? []).map { path in
            FileChange(path: path, kind: .deleted, file: nil, origin: Origin("deleted.files"))
        }
        return .value(
            FileSystemChanges(
                // The sort is stable, so that members of one name stay in the order of the archive.
                changes: (written + gone).sorted { $0.path < $1.path }, writtenAbsence: listing.absence,
                deletedAbsence: hasMarks && listing.value != nil ? nil : deleted.texts.absence))
    }

    /// Whether names that begin with `.wh.` stand for what was deleted: they do in the layers of containerd, which are
    /// compressed. In the archives of other engines they are names that a program chose.
    private static func marksDeletion(_ library: ImageLibrary, _ container: Known<Container>) -> Bool {
        if case .value(let bytes) = library.file(archive), bytes.count > 2, bytes.copy(0..<2) == [0x1F, 0x8B] {
            return true
        }
        return container.value?.engine == .value(.containerd)
    }

    /// A member as a change (whiteouts and opaque directories: OCI image specification, layers).
    private static func change(_ member: ArchiveMember, hasMarks: Bool) -> FileChange {
        let origin = Origin(archive)
        let slash = UInt8(ascii: "/")
        let parts = member.name.bytes.split(separator: slash)
        func path(_ parts: some Sequence<ArraySlice<UInt8>>) -> ByteText {
            ByteText([slash] + Array(parts.joined(separator: [slash])))
        }
        let mark = Array(".wh.".utf8)
        guard hasMarks, let last = parts.last, last.starts(with: mark) else {
            return FileChange(path: path(parts), kind: .written, file: member, origin: origin)
        }
        if last.elementsEqual(".wh..wh..opq".utf8) {
            return FileChange(path: path(parts.dropLast()), kind: .emptied, file: nil, origin: origin)
        }
        let gone = parts.dropLast() + [last.dropFirst(mark.count)]
        return FileChange(path: path(gone), kind: .deleted, file: nil, origin: origin)
    }
}

extension ImageLibrary {
    /// The members of an archive, by name.
    func sortedMembers(_ name: String) -> Known<[ArchiveMember]> {
        archive(name).map { $0.members.sorted { $0.name < $1.name } }
    }
}
