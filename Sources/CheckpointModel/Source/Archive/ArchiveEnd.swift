/// Tells from where members of a tar are whether its end is, and whether something is hidden behind it.
///
/// A tar ends in blocks of zeros: without them it can have been cut off between two members. Most tools read no further.
struct ArchiveEnd {
    /// The number of the first member behind the end; nil if there is none.
    private(set) var firstHidden: Int?
    private var hiddenCount = 0
    /// Where the content of the last member ends; nil if its header does not tell.
    private(set) var end: UInt64? = 0

    private static let block: UInt64 = 512

    /// Notes a member.
    ///
    /// - Parameters:
    ///   - number: Its number.
    ///   - content: Where its content begins.
    ///   - size: The size of the content; nil if it is not what is stored.
    ///   - isBehindEnd: Whether there are blocks of zeros before it.
    mutating func note(_ number: Int, content: UInt64, size: UInt64?, isBehindEnd: Bool) {
        if firstHidden == nil, number > 0, isBehindEnd { firstHidden = number }
        if firstHidden != nil { hiddenCount += 1 }
        end = size.map { size in
            let padding = (ArchiveEnd.block - size % ArchiveEnd.block) % ArchiveEnd.block
            return content.addingCapped(size).addingCapped(padding)
        }
    }

    /// What there is to say.
    ///
    /// - Parameters:
    ///   - position: Where the archive ends.
    ///   - count: How many members there are.
    func damage(at position: UInt64, _ count: Int) -> [ArchiveDamage] {
        var damage: [ArchiveDamage] = []
        if let firstHidden {
            let what = hiddenCount == 1 ? "this member is" : "this member and \(hiddenCount - 1) more are"
            let detail = "\(what) behind the end of the archive, where most tools stop reading"
            damage.append(ArchiveDamage(detail: detail, member: firstHidden))
        }
        if let end, count > 0, position < end.addingCapped(ArchiveEnd.block) {
            let detail = "the archive ends without its mark: it may have been cut off, and members may be missing"
            damage.append(ArchiveDamage(detail: detail, member: nil))
        }
        return damage
    }
}
