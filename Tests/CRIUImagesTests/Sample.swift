import CheckpointTestSupport

/// Small messages that many tests use, with their JSON.
enum Sample {
    /// An `fdinfo_entry` of 8 bytes.
    static func fdinfo(_ id: UInt64) -> MessageBuilder {
        MessageBuilder().varint(1, id).varint(2, 0).varint(3, 1).varint(4, id + 1)
    }

    /// The JSON of ``fdinfo(_:)``.
    static func fdinfoJSON(_ id: UInt64) -> String {
        #"{"id": \#(id), "flags": 0, "type": "REG", "fd": \#(id + 1)}"#
    }

    /// An `ipc_desc_entry` of zeros.
    static let description = (UInt32(1)...7).reduce(MessageBuilder()) { $0.varint($1, 0) }

    /// The JSON of ``description``.
    static let descriptionJSON =
        #"{"key": 0, "uid": 0, "gid": 0, "cuid": 0, "cgid": 0, "mode": 0, "id": 0}"#

    /// A `fown_entry` of zeros.
    static let owner = (UInt32(1)...5).reduce(MessageBuilder()) { $0.varint($1, 0) }

    /// A `sk_opts_entry` of zeros.
    static let socketOptions = (UInt32(1)...6).reduce(MessageBuilder()) { $0.varint($1, 0) }

    /// A `reg_file_entry` without its optional fields.
    static func file(name: [UInt8], flags: UInt64 = 0) -> MessageBuilder {
        MessageBuilder().varint(1, 1).varint(2, flags).varint(3, 0).message(5, owner).bytes(6, name)
    }

    /// An `inet_sk_entry` with addresses.
    static func socket(
        family: UInt64 = 2, type: UInt64 = 1, proto: UInt64 = 6, state: UInt64 = 10, source: [UInt32] = [],
        target: [UInt32] = []
    ) -> MessageBuilder {
        var message = MessageBuilder().varint(1, 1).varint(2, 2).varint(3, family).varint(4, type).varint(5, proto)
        message = message.varint(6, state).varint(7, 80).varint(8, 0).varint(9, 2).varint(10, 0)
        for word in source { message = message.varint(11, UInt64(word)) }
        for word in target { message = message.varint(12, UInt64(word)) }
        return message.message(13, owner).message(14, socketOptions)
    }

    /// A `vma_entry` without its optional fields.
    static func area(prot: UInt64, flags: UInt64, status: UInt64) -> MessageBuilder {
        let place = MessageBuilder().varint(1, 0x1000).varint(2, 0x2000).varint(3, 0).varint(4, 0)
        return place.varint(5, prot).varint(6, flags).varint(7, status).zigzag(8, -1)
    }
}
