/// The part of a shared memory object that an area maps.
public struct SharedMemoryView: Sendable, Equatable {
    /// The number of the object, as in `pagemap-shmem-N.img`; 0 is one like others.
    public let objectID: UInt64
    /// How many of the object's pages in the area are where; missing if its page map cannot be read.
    public let pages: Known<PageCounts>
    /// Why the object's pages in parent snapshots cannot be read; nil if they can, or if there are none.
    public let parentAbsence: Absence?
}
