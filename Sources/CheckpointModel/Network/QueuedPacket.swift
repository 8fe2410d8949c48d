internal import CRIUImages

/// A message that waited to be received at a Unix socket. Senders' credentials and addresses are not in the images.
public struct QueuedPacket: Sendable {
    /// The id of the file of the socket that was to receive it.
    public let receiver: UInt32
    /// The bytes.
    public let content: Content
    /// The ids of the open files that were sent along (`SCM_RIGHTS`).
    public let rights: [UInt32]
    /// The types of what else was sent along.
    public let otherControlTypes: [UInt32]
    /// Where it was read.
    public let origin: Origin
}

extension QueuedPacket {
    /// The messages, in the order of the image: for each socket that in which they were sent.
    static func load(_ library: ImageLibrary) -> [QueuedPacket] {
        library.entries("sk-queues.img", SkPacketEntry.self).entries.map { entry in
            QueuedPacket(
                receiver: entry.record.idFor, content: entry.content ?? Content(entry.bytes[0..<0]),
                rights: entry.record.scm.filter { $0.type == 1 }.flatMap(\.rights),
                otherControlTypes: entry.record.scm.map(\.type).filter { $0 != 1 }, origin: entry.origin)
        }
    }
}
