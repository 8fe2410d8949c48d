import CheckpointTestSupport

/// Messages with registers, made by hand. Where a value is not given, a register holds its number in the message.
extension MessageBuilder {
    static func x86(
        ax: UInt64 = 0, original: UInt64, ip: UInt64 = 0x10000, mode: UInt64? = nil, gs: UInt64 = 0,
        extended: MessageBuilder? = nil, segments: [MessageBuilder] = []
    ) -> MessageBuilder {
        let values = [
            1, 2, 3, 4, 5, 6, 7, 8, 9, 10, ax, 12, 13, 14, 15, original, ip, 0x33, 0x246, 0x7000, 0x2B, 0xF5, 0,
        ]
        var general = MessageBuilder().fields(from: 1, values).fields(from: 24, [0, 0, 0, gs])
        if let mode { general = general.varint(28, mode) }
        var floating = MessageBuilder().fields(from: 1, [0x37F, 0, 1, 0, 0, 0, 0x1F80, 0xFFFF])
            .list(9, [0, 0x8000_0000, 0x4000, 0]).list(10, Array(1...64))
        if let extended { floating = floating.message(13, extended) }
        let info = MessageBuilder().varint(1, 0xC1EA).message(2, general).message(3, floating)
        return segments.reduce(info) { $0.message(4, $1) }
    }

    /// R0 to R10, FP, IP, SP, LR, PC, CPSR and the first argument of a call.
    static func arm(r0: UInt64, r7: UInt64, original: UInt64, cpsr: UInt64 = 0x10) -> MessageBuilder {
        let general = MessageBuilder().fields(
            from: 1, [r0, 1, 2, 3, 4, 5, 6, r7, 8, 9, 10, 11, 12, 0x7000, 14, 0x10000, cpsr, original])
        let floating = MessageBuilder().list(1, Array(100..<132)).fields(from: 2, [7, 0, 0, 0])
        return MessageBuilder().varint(1, 0).varint(2, 0x7150).message(3, general).message(4, floating)
    }

    static func aarch64(x0: UInt64, x8: UInt64, keys: MessageBuilder? = nil) -> MessageBuilder {
        let registers = numbers(31, [0: x0, 8: x8])
        let general = MessageBuilder().list(1, registers).fields(from: 2, [0x7000, 0x10000, 0x6000_0000])
        let floating = MessageBuilder().list(1, Array(0..<64)).fields(from: 2, [1, 2])
        let info = MessageBuilder().varint(1, 0).varint(2, 0x7150).message(3, general).message(4, floating)
        return keys.map { info.message(5, $0) } ?? info
    }

    static func mips(v0: UInt64) -> MessageBuilder {
        let general = numbers(32, [2: v0, 29: 0x7000]) + [32, 33, 0x10000, 0xBAD, 36, 37]
        return MessageBuilder().varint(1, 0).varint(2, 0x7150).message(3, MessageBuilder().fields(from: 1, general))
            .message(4, MessageBuilder().fields(from: 1, Array(1...36)))
    }

    static func loongarch64(a0: UInt64, a7: UInt64, count: Int = 32) -> MessageBuilder {
        let general = numbers(count, [3: 0x7000, 4: a0, 11: a7])
        return MessageBuilder().varint(1, 0).varint(2, 0x7150)
            .message(3, MessageBuilder().list(1, general).varint(2, 0x10000))
            .message(4, MessageBuilder().list(1, Array(1...32)).fields(from: 2, [9, 10]))
    }

    static func riscv64(a0: UInt64, a7: UInt64) -> MessageBuilder {
        let general = numbers(32, [0: 0x10000, 2: 0x7000, 10: a0, 17: a7])
        return MessageBuilder().varint(1, 0).varint(2, 0x7150)
            .message(3, MessageBuilder().fields(from: 1, general))
            .message(4, MessageBuilder().list(1, Array(1...32)).varint(2, 3))
    }

    static func ppc64(r0: UInt64, r3: UInt64, original: UInt64, ccr: UInt64 = 0) -> MessageBuilder {
        let registers = numbers(32, [0: r0, 1: 0x7000, 3: r3, 13: 0x7150])
        let general = MessageBuilder().list(1, registers).fields(from: 2, [0x10000, 0, original, 0, 0, 0, ccr, 0])
        return MessageBuilder().varint(1, 0).message(2, general)
            .message(3, MessageBuilder().list(1, Array(0...32)))
            .message(4, MessageBuilder().list(1, Array(0..<66)).varint(2, 5))
            .message(5, MessageBuilder().list(1, Array(200..<232)))
    }

    static func s390(r2: UInt64, systemCall: UInt64) -> MessageBuilder {
        let registers = numbers(16, [2: r2, 15: 0x7000])
        let general = MessageBuilder().varint(1, 0x705).varint(2, 0x10000).list(3, registers)
            .list(4, [1, 0x7150] + Array(repeating: 0, count: 14)).varint(5, 0).varint(6, systemCall)
        return MessageBuilder().varint(1, 0).message(2, general)
            .message(3, MessageBuilder().varint(1, 0).list(2, Array(10..<26)))
            .message(4, MessageBuilder().list(1, Array(30..<46)))
            .message(5, MessageBuilder().list(1, Array(50..<82)))
    }
}

/// Numbers from 0 on, with others in some places.
private func numbers(_ count: Int, _ others: [Int: UInt64]) -> [UInt64] {
    (0..<count).map { others[$0] ?? UInt64($0) }
}
