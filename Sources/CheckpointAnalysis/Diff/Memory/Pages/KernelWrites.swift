internal import CheckpointModel

/// Where the kernel and CRIU write to the memory of a process, though its program does not.
struct KernelWrites {
    /// The areas for restartable sequences that both sides have, or the side of which they are known: ascending.
    var sequences: [Range<UInt64>] = []
    /// The pages in which CRIU puts code when it dumps: of each side the first of the first executable area.
    var codePages: [UInt64] = []

    /// How many bytes of an area for restartable sequences the kernel writes to at the most. A program can have registered
    /// a larger area than the kernel uses, and what else is in it is the program's.
    private static let sequenceLimit: UInt64 = 64

    /// The areas of the threads of a process that the kernel writes to.
    static func sequences(_ threads: [ThreadDetails]) -> Set<Range<UInt64>> {
        Set(
            threads.compactMap { $0.restartableSequences.value }.filter(\.isRegistered).map { area in
                area.address..<area.address.addingCapped(min(UInt64(area.length), sequenceLimit))
            }.filter { !$0.isEmpty })
    }

    /// Where CRIU puts code when it dumps: the first area that can be executed, of a page at least, but for that of the
    /// kernel; nil if there is none.
    static func codePage(_ space: AddressSpace) -> UInt64? {
        space.segments.first {
            $0.protection.contains(.execute) && !$0.status.contains(.vsyscall) && $0.byteCount >= 4096
        }?.addresses.lowerBound
    }

    /// Divides changes, so that those which have a cause are apart, and gives them the cause.
    func label(_ changes: [PageChange], _ before: ComparedMemory, _ after: ComparedMemory) -> [PageChange] {
        let pageSize = min(before.pageSize, after.pageSize)
        let pages = labelled(pageSize, before, after)
        guard !pages.isEmpty else { return changes }
        var result: [PageChange] = []
        result.reserveCapacity(changes.count + 2 * pages.count)
        for change in changes { append(change, pages, pageSize, to: &result) }
        return result
    }

    /// A page that may have changed for a reason of its own.
    private struct Label {
        let page: UInt64
        let cause: PageChange.Cause
        /// Which changes it explains: modified pages, or pages that one side has.
        let isOfModified: Bool
    }

    private func labelled(_ pageSize: UInt64, _ before: ComparedMemory, _ after: ComparedMemory) -> [Label] {
        var labels = Set(codePages.map { $0 / pageSize * pageSize }).map {
            Label(page: $0, cause: .injectedCode, isOfModified: false)
        }
        var pages: [UInt64: [Range<UInt64>]] = [:]
        for area in sequences {
            // An area of this size lies in two pages at the most.
            for page in Set([area.lowerBound, area.upperBound - 1].map { $0 / pageSize * pageSize }) {
                pages[page, default: []].append(area)
            }
        }
        for (page, areas) in pages where differs(page, pageSize, before, after, onlyIn: areas) {
            labels.append(Label(page: page, cause: .restartableSequences, isOfModified: true))
        }
        return labels.sorted { $0.page < $1.page }
    }

    /// Whether all bytes of a page that differ are in some areas, of which there are as many as the page has room for.
    private func differs(
        _ page: UInt64, _ pageSize: UInt64, _ before: ComparedMemory, _ after: ComparedMemory,
        onlyIn areas: [Range<UInt64>]
    ) -> Bool {
        let range = page..<page.addingCapped(pageSize)
        guard var old = before.bytes(in: range), var new = after.bytes(in: range), old.count == new.count else {
            return false
        }
        for area in areas {
            let part = area.clamped(to: range)
            for address in part {
                old[Int(address - page)] = 0
                new[Int(address - page)] = 0
            }
        }
        return old == new
    }

    private func append(
        _ change: PageChange, _ labels: [Label], _ pageSize: UInt64, to result: inout [PageChange]
    ) {
        var position: UInt64 = 0
        let isOfModified = change.kind == .modified
        let isKnown = isOfModified || change.kind == .appeared || change.kind == .gone
        let first = partition(0..<labels.count) { labels[$0].page >= change.afterStart }
        for label in labels[first...] where isKnown && !change.isMoved && label.isOfModified == isOfModified {
            guard label.page < change.after.upperBound else { break }
            let start = label.page - change.afterStart
            let end = min(start + pageSize, change.byteCount)
            if start > position { result.append(change.part(position..<start, nil)) }
            result.append(change.part(start..<end, label.cause))
            position = end
        }
        if position < change.byteCount { result.append(change.part(position..<change.byteCount, nil)) }
    }
}

extension ComparedMemory {
    /// The bytes of a range of at most a page, what was never written in zeros; nil if a part of them is not there.
    func bytes(in range: Range<UInt64>) -> [UInt8]? {
        var result: [UInt8] = []
        var position = range.lowerBound
        while position < range.upperBound {
            let stretch = stretch(at: position, before: range.upperBound)
            switch stretch.state {
            case .bytes(let bytes, _): result += bytes.copy(0..<bytes.count)
            case .zeros: result += Array(repeating: 0, count: Int(stretch.end - position))
            default: return nil
            }
            position = stretch.end
        }
        return result
    }
}
