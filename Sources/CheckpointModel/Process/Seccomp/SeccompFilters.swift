internal import CRIUImages
internal import Synchronization

/// The filters of seccomp.img, read once for all threads.
final class SeccompFilters: Sendable {
    /// All filters, in the order of the image.
    let all: Known<[SeccompFilter]>
    /// For each filter, the one that was installed next.
    private let next: [Int?]

    /// The chains that were asked for, by their first filter: threads of a process have the same.
    private let chains = Mutex<[UInt32: Chain]>([:])

    /// Filters that judge the calls of a thread together.
    struct Chain: Sendable {
        /// The filters, the one that was installed first in front.
        var filters: [SeccompFilter] = []
        /// What is wrong with the chain; nil if nothing is.
        var fault: String?
    }

    /// The most filters that a chain has: the kernel allows 32,768 instructions in all, and counts four more for each.
    private static let chainLimit = 32_768 / 5

    init(_ library: ImageLibrary, isBigEndian: Bool) {
        let entry = library.record("seccomp.img", SeccompEntry.self)
        let origin = Origin("seccomp.img", entry: 0)
        all = entry.map { entry in
            entry.seccompFilters.enumerated().map { SeccompFilter($1, at: $0, isBigEndian: isBigEndian, origin) }
        }
        next = entry.value?.seccompFilters.map { $0.prev.map { Int($0) } } ?? []
    }

    /// Why there are no filters; nil if the image could be read.
    var absence: Absence? { all.absence }

    /// The filters of a chain, the one that was installed first in front.
    ///
    /// A thread names the filter that was installed first, and each filter the one after it: the kernel numbers filters
    /// from the oldest on, and CRIU writes them from the last one it got.
    func chain(from first: UInt32) -> Known<Chain> {
        all.map { filters in
            chains.withLock { chains in
                if let chain = chains[first] { return chain }
                let chain = follow(from: Int(first), filters)
                chains[first] = chain
                return chain
            }
        }
    }

    private func follow(from first: Int, _ filters: [SeccompFilter]) -> Chain {
        var chain = Chain()
        var seen: Set<Int> = []
        var place: Int? = first
        while let index = place, chain.fault == nil {
            if !filters.indices.contains(index) {
                chain.fault = "there is no seccomp filter \(index)"
            } else if !seen.insert(index).inserted {
                chain.fault = "seccomp filter \(index) comes after itself"
            } else if chain.filters.count == SeccompFilters.chainLimit {
                chain.fault = "there are more seccomp filters than the kernel allows"
            } else {
                chain.filters.append(filters[index])
                place = next[index]
            }
        }
        return chain
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
