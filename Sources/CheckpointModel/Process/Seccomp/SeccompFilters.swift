internal import CRIUImages

/// The filters of seccomp.img, read once for all threads.
struct SeccompFilters: Sendable {
    private let filters: Known<[SeccompFilter]>
    /// For each filter, the one that was installed next.
    private let next: [Int?]

    /// The most filters that a chain has: the kernel allows programs of 32,768 instructions in all.
    private static let chainLimit = 32_768

    init(_ library: ImageLibrary, isBigEndian: Bool) {
        let entry = library.record("seccomp.img", SeccompEntry.self)
        let origin = Origin("seccomp.img", entry: 0)
        filters = entry.map { entry in
            entry.seccompFilters.enumerated().map { SeccompFilter($1, at: $0, isBigEndian: isBigEndian, origin) }
        }
        next = entry.value?.seccompFilters.map { $0.prev.map { Int($0) } } ?? []
    }

    /// Why there are no filters; nil if the image could be read.
    var absence: Absence? { filters.absence }

    /// The filters of a chain, the one that was installed first in front.
    ///
    /// A thread names the filter that was installed first, and each filter the one after it: the kernel numbers filters
    /// from the oldest on, and CRIU writes them from the last one it got.
    ///
    /// - Returns: The filters, and what is wrong with the chain.
    func chain(from first: UInt32) -> Known<(filters: [SeccompFilter], fault: String?)> {
        filters.map { filters in
            var chain: [SeccompFilter] = []
            var seen: Set<Int> = []
            var place: Int? = Int(first)
            while let index = place {
                guard filters.indices.contains(index) else { return (chain, "there is no filter \(index)") }
                guard seen.insert(index).inserted else { return (chain, "filter \(index) comes after itself") }
                guard chain.count < SeccompFilters.chainLimit else { return (chain, "the chain is too long") }
                chain.append(filters[index])
                place = next[index]
            }
            return (chain, nil)
        }
    }
}

extension SeccompFilter {
    fileprivate init(_ filter: CRIUImages.SeccompFilter, at index: Int, isBigEndian: Bool, _ origin: Origin) {
        let bytes = filter.filter
        self.init(
            index: index, flags: filter.flags ?? 0,
            program: stride(from: 0, to: bytes.count - bytes.count % 8, by: 8).map { start in
                BPFInstruction(parsing: bytes[start..<(start + 8)], isBigEndian: isBigEndian)
            }, strayBytes: bytes.count % 8, origin: origin)
    }
}

extension BPFInstruction {
    /// Reads the eight bytes of an instruction, in the order of bytes of the machine.
    fileprivate init(parsing bytes: ArraySlice<UInt8>, isBigEndian: Bool) {
        func number(_ part: Range<Int>) -> UInt32 {
            let part = part.map { bytes[bytes.startIndex + $0] }
            return (isBigEndian ? part : part.reversed()).reduce(0) { $0 << 8 | UInt32($1) }
        }
        self.init(
            code: UInt16(truncatingIfNeeded: number(0..<2)), skipIfTrue: bytes[bytes.startIndex + 2],
            skipIfFalse: bytes[bytes.startIndex + 3], operand: number(4..<8))
    }
}
