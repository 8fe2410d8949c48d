extension MessageBuilder {
    /// A core image's entry of a process on x86-64.
    public static func core(name: String, state: UInt64 = 1) -> MessageBuilder {
        let task = MessageBuilder().varint(1, state).varint(2, 0).varint(3, 0).varint(4, 0).varint(5, 0).text(6, name)
        return MessageBuilder().varint(1, 1).message(3, task)
    }

    /// An mm image's entry.
    ///
    /// - Parameters:
    ///   - arguments: Where the command line is.
    ///   - environment: Where the environment is.
    ///   - pageSize: The page size that the process was told; nil for none.
    ///   - areas: The memory areas.
    public static func memory(
        arguments: (UInt64, UInt64) = (0, 0), environment: (UInt64, UInt64) = (0, 0), pageSize: UInt64? = 4096,
        areas: [MessageBuilder] = []
    ) -> MessageBuilder {
        let bounds = (1...7).reduce(MessageBuilder()) { $0.varint(UInt32($1), 0) }
        let words = bounds.varint(8, arguments.0).varint(9, arguments.1).varint(10, environment.0)
            .varint(11, environment.1).varint(12, 1)
        let auxiliary = pageSize.map { words.varint(13, 6).varint(13, $0).varint(13, 0).varint(13, 0) } ?? words
        return areas.reduce(auxiliary) { $0.message(14, $1) }
    }

    /// A private anonymous area that can be read and written.
    public static func area(_ start: UInt64, _ end: UInt64, status: UInt64 = 0x201, object: UInt64 = 0)
        -> MessageBuilder
    {
        MessageBuilder().varint(1, start).varint(2, end).varint(3, 0).varint(4, object).varint(5, 3).varint(6, 0x22)
            .varint(7, status).zigzag(8, -1)
    }

    /// A page run as CRIU 4.2 writes it: 1 in the parent, 2 lazy, 4 present.
    public static func run(_ address: UInt64, _ count: UInt64, flags: UInt64 = 4) -> MessageBuilder {
        MessageBuilder().varint(1, address).varint(2, 0).varint(4, flags).varint(5, count)
    }

    /// A page run as CRIU wrote it before there were flags.
    public static func oldRun(_ address: UInt64, _ count: UInt64, inParent: Bool? = nil) -> MessageBuilder {
        let run = MessageBuilder().varint(1, address).varint(2, count)
        return inParent.map { run.varint(3, $0 ? 1 : 0) } ?? run
    }
}
