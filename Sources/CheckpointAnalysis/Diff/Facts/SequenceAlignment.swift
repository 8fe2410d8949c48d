/// Which elements of two lists are the same, in order.
struct SequenceAlignment {
    /// What lies between the elements that are the same: places in the first and in the second list, in order.
    private(set) var gaps: [(Range<Int>, Range<Int>)] = []

    /// Up to how many comparisons are made: beyond that, what lies between the common beginning and the common end of the
    /// lists counts as one gap.
    private static let limit = 1 << 20

    /// Finds the longest common subsequence.
    init(_ before: [Fact], _ after: [Fact], _ references: FactReferences) {
        func isSame(_ left: Int, _ right: Int) -> Bool { references.verdict(before[left], after[right]).isSame }
        var start = 0
        while start < min(before.count, after.count), isSame(start, start) { start += 1 }
        var left = before.count
        var right = after.count
        while left > start, right > start, isSame(left - 1, right - 1) { (left, right) = (left - 1, right - 1) }
        let rest = (start..<left, start..<right)
        if rest.0.isEmpty && rest.1.isEmpty { return }
        let product = rest.0.count.multipliedReportingOverflow(by: rest.1.count)
        guard !product.overflow, product.partialValue <= Self.limit else {
            gaps = [rest]
            return
        }
        // Where several subsequences are the longest, the choice must not depend on which list is the first.
        if Self.isLess(before[rest.0], after[rest.1]) {
            align(rest.0, rest.1, isSame)
        } else {
            align(rest.1, rest.0) { isSame($1, $0) }
            gaps = gaps.map { ($0.1, $0.0) }
        }
    }

    /// An order of lists that depends on nothing but their values.
    private static func isLess(_ left: ArraySlice<Fact>, _ right: ArraySlice<Fact>) -> Bool {
        if left.count != right.count { return left.count < right.count }
        let references = FactReferences(processes: [])
        for (left, right) in zip(left, right) {
            let (left, right) = (
                String(describing: references.keysAfter([left])), String(describing: references.keysAfter([right]))
            )
            if left != right { return left < right }
        }
        return true
    }

    private mutating func align(_ left: Range<Int>, _ right: Range<Int>, _ isSame: (Int, Int) -> Bool) {
        let lengths = Lengths(left, right, isSame)
        var place = (left.lowerBound, right.lowerBound)
        var start = place
        while place.0 < left.upperBound || place.1 < right.upperBound {
            let isPair = place.0 < left.upperBound && place.1 < right.upperBound && isSame(place.0, place.1)
            if isPair {
                close(start, place)
                place = (place.0 + 1, place.1 + 1)
                start = place
            } else {
                place = lengths.next(place)
            }
        }
        close(start, place)
    }

    private mutating func close(_ start: (Int, Int), _ end: (Int, Int)) {
        if start != end { gaps.append((start.0..<end.0, start.1..<end.1)) }
    }

    /// How much is common behind each pair of places.
    private struct Lengths {
        private let left: Range<Int>
        private let right: Range<Int>
        private var table: [UInt32]

        init(_ left: Range<Int>, _ right: Range<Int>, _ isSame: (Int, Int) -> Bool) {
            (self.left, self.right) = (left, right)
            table = Array(repeating: 0, count: (left.count + 1) * (right.count + 1))
            for row in left.reversed() {
                for column in right.reversed() {
                    self[row, column] =
                        isSame(row, column)
                        ? self[row + 1, column + 1] + 1 : max(self[row + 1, column], self[row, column + 1])
                }
            }
        }

        subscript(row: Int, column: Int) -> UInt32 {
            get { table[(row - left.lowerBound) * (right.count + 1) + column - right.lowerBound] }
            set { table[(row - left.lowerBound) * (right.count + 1) + column - right.lowerBound] = newValue }
        }

        /// Where to go on if the elements at two places differ: alternately, where either way leads as far.
        func next(_ place: (Int, Int)) -> (Int, Int) {
            if place.0 >= left.upperBound { return (place.0, place.1 + 1) }
            if place.1 >= right.upperBound { return (place.0 + 1, place.1) }
            let (down, across) = (self[place.0 + 1, place.1], self[place.0, place.1 + 1])
            if down == across { return (place.0 + 1, place.1) }
            return down > across ? (place.0 + 1, place.1) : (place.0, place.1 + 1)
        }
    }
}
