internal import CArchive
internal import CRIUImages
internal import EvidenceText
internal import SystemPackage

/// Reads an archive from its beginning to its end through libarchive.
///
/// A tar that is not compressed is read in place: its members are ranges of the mapped file. What is compressed is
/// unpacked, in one pass, into a temporary file without a name. Nothing is ever written under a name from the archive.
struct ArchiveReader: ~Copyable {
    private let handle: ArchiveHandle
    private let bytes: ImageBytes
    private var spool: Spool?

    /// Recognises an archive by its content.
    ///
    /// - Throws: ``ArchiveDamage`` if it is none.
    init(_ bytes: ImageBytes) throws(ArchiveDamage) {
        self.handle = try ArchiveHandle(bytes)
        self.bytes = bytes
    }

    private var archive: OpaquePointer { handle.pointer }

    /// Whether the members are packed by a compressor. Known once the first member has been read.
    private var isCompressed: Bool { archive_filter_code(archive, 0) != ARCHIVE_FILTER_NONE }

    /// Reads all members.
    ///
    /// - Returns: The members before the first damage that stops the reading, and all damage.
    mutating func members() -> (members: [ArchiveMember], damage: [ArchiveDamage]) {
        var headers: [PendingMember] = []
        var damage: [ArchiveDamage] = []
        var entry: OpaquePointer?
        while true {
            let status = archive_read_next_header(archive, &entry)
            if status == ARCHIVE_EOF { break }
            guard status >= ARCHIVE_WARN, let entry else {
                damage.append(ArchiveDamage(detail: message, member: headers.count))
                break
            }
            var member = PendingMember(entry)
            if member.isFile { read(&member) }
            if case .damaged(let detail) = member.place {
                damage.append(ArchiveDamage(detail: detail, member: headers.count))
            }
            headers.append(member)
        }
        return (finished(headers), damage)
    }

    private var message: String {
        archive_error_string(archive).map { String(cString: $0) } ?? "the archive cannot be read"
    }

    // MARK: Content

    private mutating func read(_ member: inout PendingMember) {
        if isCompressed {
            member.place = unpack(member)
        } else {
            member.place = locate(member) ?? unpack(member)
        }
    }

    /// The range of the mapped file that a member is, if it lies there in one piece.
    private func locate(_ member: PendingMember) -> PendingMember.Place? {
        if member.size == 0 { return .mapped(0..<0) }
        guard !member.isSparse else { return nil }
        var block: UnsafeRawPointer?
        var count = 0
        var offset: la_int64_t = 0
        let status = archive_read_data_block(archive, &block, &count, &offset)
        guard status == ARCHIVE_OK, let block, offset == 0 else { return .damaged("\(message)") }
        return bytes.withUnsafeBytes { all -> PendingMember.Place? in
            guard let base = all.baseAddress, block >= base, block + count <= base + all.count else { return nil }
            guard count >= member.size else { return .damaged("the archive ends inside the member") }
            let start = block - base
            return .mapped(start..<(start + Int(member.size)))
        }
    }

    private mutating func unpack(_ member: PendingMember) -> PendingMember.Place {
        do {
            if spool == nil { spool = try Spool() }
            let archive = archive
            return try spool?.append(from: archive, size: member.size) ?? .damaged("no room to unpack")
        } catch {
            return .damaged("cannot be unpacked: \(error)")
        }
    }

    private func finished(_ headers: [PendingMember]) -> [ArchiveMember] {
        var unpacked: Known<ImageBytes> = .missing(Absence(.noImage, "nothing was unpacked"))
        do {
            if let bytes = try spool?.map() { unpacked = .value(bytes) }
        } catch {
            unpacked = .missing(Absence(.damaged, "the temporary file cannot be read: \(error)"))
        }
        return headers.map { $0.member(in: bytes, unpacked: unpacked) }
    }
}
