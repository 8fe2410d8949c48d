/// How a user namespace maps ids inside to ids outside, where "outside" is as CRIU saw it.
public struct IdentityMaps: Sendable {
    /// The ranges of user ids, in the order of the image.
    public let users: [Range]
    /// The ranges of group ids, in the order of the image.
    public let groups: [Range]
    /// Where they were read.
    public let origin: Origin

    /// A range of ids.
    public struct Range: Sendable, Equatable {
        /// The first id inside.
        public let inside: UInt32
        /// The id outside that the first one stands for.
        public let outside: UInt32
        /// How many ids there are.
        public let count: UInt32
    }

    /// The user id outside that an id inside stands for; nil if it is not mapped. Linear in the number of ranges.
    public func outerUser(_ id: UInt32) -> UInt32? { IdentityMaps.outer(id, users) }

    /// The group id outside that an id inside stands for; nil if it is not mapped. Linear in the number of ranges.
    public func outerGroup(_ id: UInt32) -> UInt32? { IdentityMaps.outer(id, groups) }

    private static func outer(_ id: UInt32, _ ranges: [Range]) -> UInt32? {
        for range in ranges where id >= range.inside && id - range.inside < range.count {
            let (outer, overflow) = range.outside.addingReportingOverflow(id - range.inside)
            return overflow ? nil : outer
        }
        return nil
    }
}
