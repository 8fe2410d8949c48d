/// Which addresses are covered by ranges that may overlap and be in any order.
struct AddressCover {
    /// By ascending address, neither overlapping nor touching.
    private var ranges: [Range<UInt64>] = []

    init(_ parts: some Sequence<Range<UInt64>>) {
        for part in parts.sorted(by: { $0.lowerBound < $1.lowerBound }) where !part.isEmpty {
            if let last = ranges.last, part.lowerBound <= last.upperBound {
                ranges[ranges.count - 1] = last.lowerBound..<max(last.upperBound, part.upperBound)
            } else {
                ranges.append(part)
            }
        }
    }

    /// The first address of a range that is not covered; nil if all are. Logarithmic in the number of ranges.
    func gap(in range: Range<UInt64>) -> UInt64? {
        guard !range.isEmpty else { return nil }
        guard let cover = self.range(at: range.lowerBound) else { return range.lowerBound }
        return cover.upperBound < range.upperBound ? cover.upperBound : nil
    }

    /// Whether an address is covered. Logarithmic in the number of ranges.
    func contains(_ address: UInt64) -> Bool { range(at: address) != nil }

    private func range(at address: UInt64) -> Range<UInt64>? {
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].lowerBound > address { high = middle } else { low = middle + 1 }
        }
        guard low > 0, ranges[low - 1].contains(address) else { return nil }
        return ranges[low - 1]
    }
}
