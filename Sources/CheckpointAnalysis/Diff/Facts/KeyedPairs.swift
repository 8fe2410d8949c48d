/// Elements of two lists with the same keys.
struct KeyedPairs {
    /// The pairs: first those of the first list, in its order, then what only the second list has.
    private(set) var pairs: [(before: Int?, after: Int?)] = []

    /// Matches elements by their keys, the first with the first where several have one. Linear in their number.
    init<Key: Hashable>(_ before: [Key], _ after: [Key]) {
        // The first place of each key that is not taken, and of each place the next with its key.
        var first = [Key: Int](minimumCapacity: after.count)
        var next = [Int?](repeating: nil, count: after.count)
        for (place, key) in after.enumerated().reversed() { next[place] = first.updateValue(place, forKey: key) }
        var isTaken = Array(repeating: false, count: after.count)
        pairs.reserveCapacity(before.count)
        for (place, key) in before.enumerated() {
            let match = first[key]
            if let match {
                isTaken[match] = true
                first[key] = next[match]
            }
            pairs.append((place, match))
        }
        for place in after.indices where !isTaken[place] { pairs.append((nil, place)) }
    }
}
