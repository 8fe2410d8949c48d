internal import CRIUImages
internal import EvidenceText
internal import SystemPackage

/// Looks through an archive once.
///
/// A tar that is not compressed is read in place: its members are ranges of the mapped file. Of a compressed one, what is
/// small or an image is kept; page images and other large members are passed over, but for the pages that hold arguments and
/// environments, and unpacked when they are asked for.
struct ArchiveScan: ~Copyable {
    private let archive: ImageBytes
    private let context: SourceContext
    private let contents: ArchiveContents
    private var pass: ArchivePass
    private var store: MemberStore
    private var arguments: ArgumentPages
    private var members: [ArchiveMember] = []
    private var damage: [ArchiveDamage] = []
    private var headerBytes = 0

    /// Recognises an archive by its content.
    ///
    /// - Throws: ``ArchiveDamage`` if it is none.
    init(_ archive: ImageBytes, _ context: SourceContext) throws(ArchiveDamage) {
        pass = try ArchivePass(archive, context, isUnpacking: false)
        self.archive = archive
        contents = ArchiveContents(archive)
        self.context = context
        store = MemberStore(context)
        arguments = ArgumentPages(limit: context.limits.arguments)
    }

    /// Reads all members.
    ///
    /// - Returns: The members before the first damage that stops the reading, and all damage.
    mutating func run() -> (members: [ArchiveMember], damage: [ArchiveDamage]) {
        while let header = pass.next() {
            var member = ArchiveMember(header, members.count, contents)
            if header.type == .file { find(&member) }
            note(member)
            members.append(member)
            headerBytes += MemberHeader.footprint + header.name.count + (header.linkTarget?.count ?? 0)
            if headerBytes > context.limits.headers(for: archive.count) {
                pass.refuse("has more members than an archive of its size can have; the rest is not read")
            }
        }
        finish()
        return (members, pass.damage + damage)
    }

    private mutating func note(_ member: ArchiveMember) {
        if case .lost(let detail) = member.place {
            damage.append(ArchiveDamage(detail: detail, member: members.count))
        } else if let shortage = member.shortage {
            damage.append(ArchiveDamage(detail: shortage, member: members.count))
        }
    }

    private mutating func find(_ member: inout ArchiveMember) {
        let header = member.header
        if let range = pass.range(of: header) {
            member.place = .mapped(range)
            if range.count < header.size { member.shortage = "the archive ends inside the member" }
        } else if !pass.isCompressed || MemberSort(header, context.limits) != .prompt {
            passOver(&member)
        } else {
            store.keep(&member, of: &pass)
            arguments.note(member, store)
        }
    }

    /// Leaves a member to be unpacked later, and keeps the pages of it that are sure to be wanted.
    private mutating func passOver(_ member: inout ArchiveMember) {
        var ranges = arguments.ranges(inPages: member.header, store)
        // What it is can be told without unpacking it.
        let head = min(ArchiveSignature.length, member.header.size)
        if ranges.first.map({ $0.lowerBound >= head }) ?? true { ranges.insert(0..<head, at: 0) }
        var collector = RangeCollector(ranges)
        var reached = 0
        let shortage = try? pass.read(member.header) { offset, block in
            collector.add(block, at: offset)
            reached = offset + block.count
        }
        if let shortage { member.shortage = shortage }
        member.place = .deferred(member.shortage == nil ? member.header.size : reached, collector.stretches)
    }

    private func finish() {
        var groups: [Set<Int>] = [[], []]
        for member in members {
            guard case .deferred = member.place else { continue }
            groups[MemberSort(member.header, context.limits) == .pages ? 0 : 1].insert(member.number)
        }
        contents.finish(spooled: store.spooled, ArchiveUnpacker(archive, context, groups: groups))
    }
}
