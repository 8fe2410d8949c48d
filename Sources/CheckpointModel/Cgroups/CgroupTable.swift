/// The cgroups of the dumped processes.
public struct CgroupTable: Sendable {
    /// The hierarchies, in the order of the image.
    public let hierarchies: [CgroupHierarchy]
    /// The combinations of cgroups, in the order of the image.
    public let sets: [CgroupSet]
    /// The threads whose set the image leaves out, since CRIU itself was in it: that of whoever dumped.
    public let threadsOfHostSet: [CgroupSet.Member]
    /// The threads whose core images do not name a set, or name one that is not there.
    public let threadsWithoutSet: [CgroupSet.Member]
}
