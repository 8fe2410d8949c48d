/// A System V message queue and what waits in it.
public struct MessageQueue: Sendable {
    /// Its id, owner and access rights.
    public let permissions: IPCPermissions
    /// How many bytes of text it may hold.
    public let byteLimit: UInt32
    /// The messages, the oldest first.
    public let messages: [Message]
    /// Where it was read.
    public let origin: Origin

    /// A message.
    public struct Message: Sendable {
        /// The type that its sender gave it.
        public let type: UInt64
        /// Its text.
        public let content: Content
    }

    /// How many bytes of text wait.
    public var byteCount: UInt64 { messages.reduce(0) { $0.addingCapped($1.content.size) } }
}
