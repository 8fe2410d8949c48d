/// Elements of two lists with the same keys.
struct KeyedPairs {
    /// The pairs: first those of the first list, in its order, then what only the second list has.
    private(set) var pairs: [(before: Int?, after: Int?)] = []

    /// Matches elements by their keys, the first with the first where several have one. Linear in their number.
    init(_ before: [FactKey], _ after: [FactKey]) {
        var places: [FactKey: [Int]] = [:]
        for (place, key) in after.enumerated().reversed() { places[key, default: []].append(place) }
        var isTaken = Array(repeating: false, count: after.count)
        for (place, key) in before.enumerated() {
            let match = places[key]?.popLast()
            if let match { isTaken[match] = true }
            pairs.append((place, match))
        }
        for place in after.indices where !isTaken[place] { pairs.append((nil, place)) }
    }
}
