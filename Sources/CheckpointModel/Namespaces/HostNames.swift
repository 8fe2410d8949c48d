public import EvidenceText

/// The names of a UTS namespace.
public struct HostNames: Sendable {
    /// The host name.
    public let hostName: ByteText
    /// The NIS domain name, which is not that of DNS; usually `(none)`.
    public let domainName: ByteText
    /// Where they were read.
    public let origin: Origin
}
