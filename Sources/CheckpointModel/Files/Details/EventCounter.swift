/// An event counter (`eventfd`).
public struct EventCounter: Sendable, Hashable {
    /// The count that the next read would have taken from. Whether reads take it all or one at a time (`EFD_SEMAPHORE`)
    /// is not in the images.
    public let count: UInt64

    /// Why it is not known whether the counter is a semaphore.
    public static let semaphoreAbsence = Absence(.notRecorded, "CRIU does not record EFD_SEMAPHORE")
}
