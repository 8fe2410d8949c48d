internal import CRIUImages
internal import EvidenceText
internal import SystemPackage

/// The members of an archive with their digests, in one run over it. Nothing is kept of their content.
struct ArchiveDigests: ~Copyable {
    private let bytes: ImageBytes
    private var pass: ArchivePass
    /// How many bytes of holes are digested as zeros: they cost an archive nothing.
    private var holes: UInt64
    private(set) var members: [EvidenceMember] = []
    private var shortages: [ArchiveDamage] = []

    /// - Throws: ``ArchiveDamage`` if it is no archive.
    init(_ bytes: ImageBytes, _ context: SourceContext) throws(ArchiveDamage) {
        self.bytes = bytes
        holes = UInt64(clamping: context.unpackedLimit(of: bytes.count))
        pass = try ArchivePass(bytes, context, isUnpacking: true)
        var headerBytes = 0
        while let header = pass.next() {
            members.append(member(header))
            headerBytes += MemberHeader.footprint + header.name.count + (header.linkTarget?.count ?? 0)
            if headerBytes > context.limits.headers(for: bytes.count) {
                pass.refuse("has more members than an archive of its size can have; the rest is not read")
            }
        }
    }

    /// The compressor; nil if there is none.
    var compression: String? { pass.compressor }

    /// What was wrong.
    var problems: [Problem] {
        (pass.damage + shortages).map { damage in
            let name = damage.member.flatMap { $0 < members.count ? members[$0].name.plainText : nil }
            return Problem(image: name ?? "", entry: nil, offset: nil, code: "damaged-archive", detail: damage.detail)
        }
    }

    /// The members by name; of those with one name, the first comes first.
    var sortedMembers: [EvidenceMember] {
        // By their places, which are smaller than they are.
        members.indices.sorted { (members[$0].name, $0) < (members[$1].name, $1) }.map { members[$0] }
    }

    private mutating func member(_ header: MemberHeader) -> EvidenceMember {
        let type = EvidenceMember.Kind(header.type)
        guard type == .file else { return EvidenceMember(header.name, type, target: header.linkTarget) }
        let (sha256, head) = content(header)
        if let absence = sha256.absence {
            shortages.append(ArchiveDamage(detail: absence.detail, member: members.count))
        }
        return EvidenceMember(
            header.name, type, size: UInt64(header.size), sha256: sha256, imageKind: imageKindName(head, header.name))
    }

    private mutating func content(_ header: MemberHeader) -> (sha256: Known<String>, head: [UInt8]) {
        guard let range = pass.range(of: header) else { return stream(header) }
        let part = bytes[range]
        guard range.count == header.size else {
            return (.missing(Absence(.damaged, "the archive ends inside the member")), [])
        }
        return (.value(part.sha256()), part.copy(0..<min(FileDigest.headCount, part.count)))
    }

    private mutating func stream(_ header: MemberHeader) -> (sha256: Known<String>, head: [UInt8]) {
        var digest = SHA256()
        var head: [UInt8] = []
        var end = 0
        var holes = holes
        var shortage = try? pass.read(header) { offset, block in
            ArchiveDigests.add(zeros: offset - end, to: &digest, within: &holes)
            digest.update(block)
            if offset == head.count, head.count < FileDigest.headCount {
                head += block[..<min(block.count, FileDigest.headCount - head.count)]
            }
            end = offset + block.count
        }
        if shortage == nil {
            ArchiveDigests.add(zeros: header.size - end, to: &digest, within: &holes)
            if holes == 0 { shortage = "its holes are too large to be digested" }
        }
        self.holes = holes
        let sha256 = digest.finish()
        return (shortage.map { .missing(Absence(.damaged, $0)) } ?? .value(sha256), head)
    }

    private static func add(zeros count: Int, to digest: inout SHA256, within limit: inout UInt64) {
        guard count > 0 else { return }
        guard UInt64(count) < limit else {
            limit = 0
            return
        }
        limit -= UInt64(count)
        digest.update(zeros: UInt64(count))
    }
}

extension EvidenceMember.Kind {
    /// What the header of a member tells.
    fileprivate init(_ type: ArchiveMember.Kind) {
        self =
            switch type {
            case .file: .file
            case .directory: .directory
            case .symbolicLink: .symbolicLink
            case .hardLink: .hardLink
            case .characterDevice: .characterDevice
            case .blockDevice: .blockDevice
            case .fifo: .fifo
            case .other: .other
            }
    }
}
