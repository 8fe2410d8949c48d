public import CheckpointModel

/// A range of addresses at which memory areas (VMAs) differ.
public struct AreaChange: Sendable {
    /// What happened to it.
    public let kind: Kind
    /// What differs, where both sides have the range; empty for the other kinds.
    public let differences: Differences
    /// The addresses before; nil if nothing was mapped there.
    public let before: Range<UInt64>?
    /// The addresses after; nil if nothing is mapped there.
    public let after: Range<UInt64>?
    /// The area that the range lies in before. Of a range that grew: the area that it grew from, nil if that was an empty
    /// heap.
    public var beforeArea: MemorySegment? { areas.before?.segment }
    /// The area that the range lies in after. Of a range by which an area shrank: the rest of it, nil if that is an empty
    /// heap.
    public var afterArea: MemorySegment? { areas.after?.segment }
    /// How many pages of the process's own are in the range before. They are not listed one by one if the range was
    /// unmapped.
    public let beforePages: PageCounts
    /// How many pages of the process's own are in the range after. They are not listed one by one if the range is new.
    public let afterPages: PageCounts

    /// The areas, by their places: there can be many changes, and an area takes hundreds of bytes.
    let areas: (before: AreaPlace?, after: AreaPlace?)

    /// What can happen to a range of addresses.
    public enum Kind: String, Sendable, Hashable {
        /// It is new.
        case mapped
        /// It is no longer there.
        case unmapped
        /// It is new at an end of an area that was there before.
        case grown
        /// It was at an end of an area the rest of which is still there.
        case shrunk
        /// It is at other addresses (`mremap`), or the same thing was mapped anew elsewhere, which looks the same.
        case moved
        /// Other access rights, or others see what is written to it.
        case protected
        /// Something else of it differs, but not the access rights.
        case changed
    }

    /// What can differ between areas at one address.
    public struct Differences: OptionSet, Sendable, Hashable {
        /// The bits, of no meaning outside of the program.
        public let rawValue: UInt16

        /// Wraps the bits.
        public init(rawValue: UInt16) { self.rawValue = rawValue }

        /// The access rights.
        public static let access = Differences(rawValue: 1 << 0)
        /// Whether others see what is written.
        public static let sharing = Differences(rawValue: 1 << 1)
        /// What sort of memory it is: anonymous, of a file, of the kernel, a guard region.
        public static let sort = Differences(rawValue: 1 << 2)
        /// The kind of mapping (`MAP_*`), but for sharing, or the flags that the mapped file was opened with.
        public static let flags = Differences(rawValue: 1 << 3)
        /// The advice given (`MADV_*`).
        public static let advice = Differences(rawValue: 1 << 4)
        /// The name, where it does not follow from another difference.
        public static let name = Differences(rawValue: 1 << 5)
        /// The mapped file: another one, or one whose size, build id or checksum is another, or that was deleted.
        public static let file = Differences(rawValue: 1 << 6)
        /// The offset in the mapped file or object.
        public static let offset = Differences(rawValue: 1 << 7)
        /// The mapped shared memory: another object.
        public static let object = Differences(rawValue: 1 << 8)

        /// The words for the differences, in a fixed order.
        public var names: [String] {
            let all: [(Differences, String)] = [
                (.access, "access"), (.sharing, "sharing"), (.sort, "sort"), (.flags, "flags"), (.advice, "advice"),
                (.name, "name"), (.file, "file"), (.offset, "offset"), (.object, "object"),
            ]
            return all.filter { contains($0.0) }.map(\.1)
        }
    }

    /// By which changes are put in order: the lowest address of either side.
    var start: UInt64 { min(before?.lowerBound ?? .max, after?.lowerBound ?? .max) }
}

/// An area among others of its process.
struct AreaPlace: Sendable {
    let all: [MemorySegment]
    let index: Int

    var segment: MemorySegment? { all.indices.contains(index) ? all[index] : nil }
}
