/// A decoded message, valid only while a reader shows it.
///
/// It points into the reader's arena, which the next entry reuses: copy what is needed with a record's
/// `init(parsing:)`. It cannot be stored or returned.
public struct MessageView: ~Copyable {
    /// The type of the message.
    public let type: MessageType
    let base: UnsafeRawPointer

    init(type: MessageType, base: UnsafeRawPointer) {
        self.type = type
        self.base = base
    }

    /// The message as the C struct of its type.
    func pointer<Message>(to: Message.Type) -> UnsafePointer<Message> {
        base.assumingMemoryBound(to: Message.self)
    }
}

/// A Swift value copied out of a message. One is generated for every message of the schema.
public protocol ImageRecord: Sendable, Equatable {
    /// The message that this record is read from.
    static var messageType: MessageType { get }

    /// Copies the record out of a decoded message of its type.
    ///
    /// - Precondition: The message is of type ``messageType``.
    init(parsing message: borrowing MessageView)
}
