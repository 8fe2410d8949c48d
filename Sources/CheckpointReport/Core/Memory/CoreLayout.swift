internal import CheckpointModel

/// Which stretches of memory a core has, and where.
///
/// A page that is not in the images must not read as zeros. Where one is absent — because it is an unchanged page of a
/// file, was left behind, or is lost — the core has no stretch at all: debuggers then look in the file, which NT_FILE
/// names, or say that they cannot read the address. Memory that was never written does read as zeros, and has a stretch
/// with little or nothing in the file.
struct CoreLayout {
    /// The stretches, by ascending address.
    private(set) var loads: [ELFLoad] = []
    /// How many bytes the images have.
    private(set) var presentBytes: UInt64 = 0
    /// How many bytes are absent or in doubt, for each reason that a person should know of.
    private(set) var absent = CoreAbsence()

    /// The longest run of zeros between data of one area that becomes a hole in the file. Longer ones begin a new stretch,
    /// so that a large area with few pages does not make a file that is larger than file systems allow.
    private static let longestHole: UInt64 = 1 << 20

    /// A stretch in the making.
    private struct Pending {
        var range: Range<UInt64>
        /// Where its data ends.
        var dataEnd: UInt64
    }

    /// No memory.
    init() {}

    /// - Parameter target: What the core is for: areas beyond its addresses are left out.
    init(_ space: AddressSpace, _ target: ELFTarget) {
        for area in space.visibleAreas where target.holds(area.addresses) {
            let segment = space.segments[area.segment]
            let flags = CoreLayout.flags(segment.protection)
            var pending: Pending?
            space.forEachStretch(in: area.addresses) { stretch in
                let isNeeded = add(stretch, to: &pending, flags)
                if !isNeeded || stretch.isHole { absent.add(stretch) }
            }
            finish(&pending, flags)
        }
    }

    /// Adds a stretch of memory; false if it is absent.
    private mutating func add(_ stretch: MemoryStretch, to pending: inout Pending?, _ flags: UInt32) -> Bool {
        let range = stretch.addresses
        if stretch.bytes != nil {
            if let current = pending, range.lowerBound - current.dataEnd > CoreLayout.longestHole {
                finish(&pending, flags)
            }
            let start = pending?.range.lowerBound ?? range.lowerBound
            pending = Pending(range: start..<range.upperBound, dataEnd: range.upperBound)
            presentBytes = presentBytes.addingSaturated(stretch.byteCount)
            return true
        }
        guard case .absent(.untouched) = stretch.origin else {
            finish(&pending, flags)
            return false
        }
        let current = pending ?? Pending(range: range, dataEnd: range.lowerBound)
        pending = Pending(range: current.range.lowerBound..<range.upperBound, dataEnd: current.dataEnd)
        return true
    }

    private mutating func finish(_ pending: inout Pending?, _ flags: UInt32) {
        guard let current = pending else { return }
        loads.append(
            ELFLoad(
                address: current.range.lowerBound, fileSize: current.dataEnd - current.range.lowerBound,
                memorySize: current.range.upperBound - current.range.lowerBound, flags: flags))
        pending = nil
    }

    private static func flags(_ protection: MemorySegment.Protection) -> UInt32 {
        (protection.contains(.read) ? 4 : 0) | (protection.contains(.write) ? 2 : 0)
            | (protection.contains(.execute) ? 1 : 0)
    }

    /// Gives each stretch its place in the file, on a page as it has in memory.
    ///
    /// - Parameters:
    ///   - start: Where the headers and notes end.
    ///   - pageSize: The size of a page.
    /// - Returns: Where the last stretch ends; nil if no file can be that large.
    mutating func place(from start: UInt64, pageSize: UInt64) -> UInt64? {
        var end = start
        for index in loads.indices {
            let load = loads[index]
            let alignment = load.fileSize < CoreLayout.large ? pageSize : max(pageSize, CoreLayout.copyAlignment)
            let (filled, isTooLarge) = end.addingReportingOverflow(alignment - 1)
            let offset = filled / alignment * alignment &+ load.address % pageSize
            let (next, isTooLong) = offset.addingReportingOverflow(load.fileSize)
            guard !isTooLarge, !isTooLong, next < UInt64(Int64.max) else { return nil }
            loads[index].fileOffset = offset
            if load.fileSize > 0 { end = next }
        }
        return end
    }

    /// From how much data on its place in the file is worth a gap before it.
    private static let large: UInt64 = 1 << 20

    /// Where the kernel begins to write makes a difference: it copies 64 KiB at a time, and to multiples of that about a
    /// third faster (measured on ext4 of Linux 6.18), as such a piece then is one large page of its cache.
    private static let copyAlignment: UInt64 = 64 << 10
}

extension ELFTarget {
    /// Whether addresses can be told in a file of this sort.
    func holds(_ addresses: Range<UInt64>) -> Bool { is64Bit || addresses.upperBound <= 1 << 32 }
}

/// How much memory a core lacks, or has in doubt, in bytes.
public struct CoreAbsence: Sendable, Equatable {
    /// Unchanged pages of mapped files, which the files have.
    public private(set) var cleanFileBytes: UInt64 = 0
    /// Pages that were left behind when dumping, to be fetched later.
    public private(set) var lazyBytes: UInt64 = 0
    /// Pages in holes of pages images, which are zeros in the core: zeros that a copy stored sparsely, or superseded by a
    /// newer dump.
    public private(set) var holeBytes: UInt64 = 0
    /// Pages that the images should have, but which are damaged or missing.
    public private(set) var lostBytes: UInt64 = 0

    mutating func add(_ stretch: MemoryStretch) {
        if stretch.isHole { holeBytes = holeBytes.addingSaturated(stretch.byteCount) }
        guard case .absent(let reason) = stretch.origin else { return }
        switch reason {
        case .cleanFilePage: cleanFileBytes = cleanFileBytes.addingSaturated(stretch.byteCount)
        case .lazy: lazyBytes = lazyBytes.addingSaturated(stretch.byteCount)
        case .lost: lostBytes = lostBytes.addingSaturated(stretch.byteCount)
        case .unmapped, .untouched, .notDumped, .guardRegion: break
        }
    }
}

extension UInt64 {
    /// The sum; the largest number if it is larger than that.
    fileprivate func addingSaturated(_ other: UInt64) -> UInt64 {
        let (sum, isTooLarge) = addingReportingOverflow(other)
        return isTooLarge ? .max : sum
    }
}
