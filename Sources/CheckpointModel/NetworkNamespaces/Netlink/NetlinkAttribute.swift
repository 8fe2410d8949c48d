/// An attribute of a netlink message that cryoscope gives no name.
public struct NetlinkAttribute: Sendable, Equatable {
    /// The number of the attribute, without the flags above it.
    public let number: UInt16
    /// Its bytes.
    public let bytes: [UInt8]
}
