public import EvidenceText

/// The file behind a tun or tap device.
public struct TunFile: Sendable, Equatable {
    /// The name of the network device; nil if the file was not attached to one yet.
    public let device: ByteText?
    /// Whether the queue of this file is detached from a device with several queues.
    public let isDetached: Bool
    /// CRIU's id of the network namespace; nil on old kernels.
    public let networkNamespaceID: UInt32?
}
