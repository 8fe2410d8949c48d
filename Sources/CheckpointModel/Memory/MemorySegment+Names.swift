extension MemorySegment {
    /// The names of the kind of mapping (`MAP_*`), unknown bits last in hexadecimal.
    public var mapFlagNames: [String] { MemorySegment.mapNames.names(mapFlags) }

    /// The names of the advice given (`MADV_*`), without the prefix's number: bit N is the constant N.
    public var adviceNames: [String] {
        (0..<64).filter { advice >> UInt64($0) & 1 != 0 }.map {
            MemorySegment.madviseNames[$0] ?? "MADV_\($0)"
        }
    }

    /// Why pages of the area that no page map has are not in the images.
    public var absentPages: AbsentPages {
        let shared = sharedMemory.map { $0.pages.value?.total ?? 0 } ?? 0
        let held = pages.total.addingCapped(isShared ? shared : 0)
        return AbsentPages(reason: absentReason, byteCount: byteCount, heldPages: held)
    }

    private var absentReason: AbsentPages.Reason {
        if status.contains(.guardRegion) { return .guardRegion }
        if !status.isDisjoint(with: [.vvar, .vsyscall]) { return .kernel }
        if sharedMemory != nil { return isShared ? .neverWritten : .unchangedFromObject }
        if status.mapsFile { return isShared ? .inFile : .unchangedFromFile }
        return .neverWritten
    }

    private static let mapNames = BitNames([
        (0x1, "MAP_SHARED"), (0x2, "MAP_PRIVATE"), (0x8, "MAP_DROPPABLE"), (0x10, "MAP_FIXED"),
        (0x20, "MAP_ANONYMOUS"), (0x40, "MAP_32BIT"), (0x100, "MAP_GROWSDOWN"), (0x800, "MAP_DENYWRITE"),
        (0x1000, "MAP_EXECUTABLE"), (0x2000, "MAP_LOCKED"), (0x4000, "MAP_NORESERVE"), (0x8000, "MAP_POPULATE"),
        (0x10000, "MAP_NONBLOCK"), (0x20000, "MAP_STACK"), (0x40000, "MAP_HUGETLB"), (0x80000, "MAP_SYNC"),
    ])

    private static let madviseNames: [Int: String] = [
        0: "MADV_NORMAL", 1: "MADV_RANDOM", 2: "MADV_SEQUENTIAL", 3: "MADV_WILLNEED", 4: "MADV_DONTNEED",
        8: "MADV_FREE", 9: "MADV_REMOVE", 10: "MADV_DONTFORK", 11: "MADV_DOFORK", 12: "MADV_MERGEABLE",
        13: "MADV_UNMERGEABLE", 14: "MADV_HUGEPAGE", 15: "MADV_NOHUGEPAGE", 16: "MADV_DONTDUMP", 17: "MADV_DODUMP",
        18: "MADV_WIPEONFORK", 19: "MADV_KEEPONFORK",
    ]
}

extension SegmentStatus {
    /// The names that CRIU has for the bits, unknown bits last in hexadecimal.
    public var names: [String] { SegmentStatus.table.names(rawValue) }

    private static let table = BitNames([
        (1 << 0, "VMA_AREA_REGULAR"), (1 << 1, "VMA_AREA_STACK"), (1 << 2, "VMA_AREA_VSYSCALL"),
        (1 << 3, "VMA_AREA_VDSO"), (1 << 5, "VMA_AREA_HEAP"), (1 << 6, "VMA_FILE_PRIVATE"),
        (1 << 7, "VMA_FILE_SHARED"), (1 << 8, "VMA_ANON_SHARED"), (1 << 9, "VMA_ANON_PRIVATE"),
        (1 << 10, "VMA_AREA_SYSVIPC"), (1 << 11, "VMA_AREA_SOCKET"), (1 << 12, "VMA_AREA_VVAR"),
        (1 << 13, "VMA_AREA_AIORING"), (1 << 14, "VMA_AREA_MEMFD"), (1 << 15, "VMA_AREA_SHSTK"),
        (1 << 16, "VMA_AREA_GUARD"), (1 << 17, "VMA_AREA_UPROBES"), (1 << 31, "VMA_UNSUPP"),
    ])
}

/// The pages of an area that no page map has.
public struct AbsentPages: Sendable, Equatable {
    /// Why they are not in the images.
    public let reason: Reason
    let byteCount: UInt64
    let heldPages: UInt64

    /// Why pages are not in the images.
    public enum Reason: String, Sendable, Equatable {
        /// Nobody wrote to them since they were mapped, or they held only zeros: they read as zeros.
        case neverWritten = "never-written"
        /// They are those of the mapped file, which is not in the images.
        case unchangedFromFile = "unchanged-from-file"
        /// The mapping is shared: the file has them.
        case inFile = "in-file"
        /// They are those of the shared memory, of which the area is a private copy.
        case unchangedFromObject = "unchanged-from-shared-memory"
        /// The kernel makes them anew.
        case kernel = "of-the-kernel"
        /// Any access to them is a fault.
        case guardRegion = "guard-region"
    }

    /// How many there are.
    ///
    /// - Parameter pageSize: The size of a page in bytes.
    public func count(pageSize: UInt64) -> UInt64 {
        let all = byteCount / max(pageSize, 1)
        return all - min(all, heldPages)
    }
}
