internal import EvidenceText

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

/// Finds members of an archive by name. Takes eight bytes for a member, however long the names are.
struct MemberNames {
    /// The numbers of the members in the order of their names, those of one name in the order of the archive.
    private let order: [UInt32]
    /// For each member the number of the one before it that has its name, or its own if there is none.
    private let previous: [UInt32]

    /// Linear if the members are sorted by name, as most archives are.
    init(_ members: [ArchiveMember]) {
        let count = UInt32(clamping: members.count)
        let order = (0..<count).sorted { left, right in
            let comparison = compare(members[Int(left)].name.bytes, members[Int(right)].name.bytes)
            return comparison < 0 || comparison == 0 && left < right
        }
        var previous = Array(0..<count)
        for (left, right) in zip(order, order.dropFirst())
        where members[Int(left)].name == members[Int(right)].name {
            previous[Int(right)] = left
        }
        (self.order, self.previous) = (order, previous)
    }

    /// The number of the member before a member that has the same name; nil if there is none.
    func earlier(_ number: Int) -> Int? {
        guard number < previous.count else { return nil }
        let earlier = Int(previous[number])
        return earlier == number ? nil : earlier
    }

    /// The number of the last member with a name; nil if there is none. Logarithmic in the number of members.
    func last(_ name: String, in members: [ArchiveMember]) -> Int? {
        let wanted = Array(name.utf8)
        var low = 0
        var high = order.count
        while low < high {
            let middle = (low + high) / 2
            if compare(members[Int(order[middle])].name.bytes, wanted) <= 0 { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { return nil }
        let found = Int(order[low - 1])
        return members[found].name.bytes == wanted ? found : nil
    }
}

/// Compares byte by byte; negative if the left one comes first, 0 if both are the same.
private func compare(_ left: [UInt8], _ right: [UInt8]) -> Int {
    let first = left.withUnsafeBytes { left in
        right.withUnsafeBytes { right in
            guard let one = left.baseAddress, let other = right.baseAddress else { return 0 }
            return Int(memcmp(one, other, min(left.count, right.count)))
        }
    }
    return first != 0 ? first : left.count - right.count
}
