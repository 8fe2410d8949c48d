/// How a machine lays out `siginfo_t`.
struct SignalLayout {
    /// How the signals are numbered.
    let numbering: SignalNumbering
    /// Whether the machine is big-endian.
    let isBigEndian: Bool
    /// Whether addresses have 32 bits. A 32-bit task on x86-64 counts only on its own stack: CRIU gets its signals in the
    /// 64-bit form.
    let is32Bit: Bool

    init(_ architecture: Architecture?, isCompat: Bool = false) {
        numbering = SignalNumbering(architecture)
        isBigEndian = architecture == .s390
        is32Bit = architecture == .arm || isCompat
    }
}

extension PendingSignal {
    /// Reads the kernel's structure; nil if it is too short for the numbers that it begins with.
    init?(parsing bytes: [UInt8], _ layout: SignalLayout, _ origin: Origin) {
        let fields = SignalFields(bytes: bytes, layout: layout)
        guard let number = fields.int32(0), let second = fields.int32(4), let third = fields.int32(8) else {
            return nil
        }
        // MIPS has error number and code the other way round.
        let isSwapped = layout.numbering == .mips
        let signal = Signal(Int(number), layout.numbering)
        let code = isSwapped ? second : third
        self.init(
            signal: signal, errorNumber: isSwapped ? third : second, code: code,
            detail: fields.detail(signal, code).map { .value($0) }
                ?? .missing(Absence(.damaged, "the siginfo has only \(bytes.count) bytes")),
            bytes: bytes, origin: origin)
    }
}

/// The fields of `siginfo_t` behind the first three; each is nil where the bytes end before it.
private struct SignalFields {
    let bytes: [UInt8]
    let layout: SignalLayout

    /// The size of an address and of a `long`.
    private var word: Int { layout.is32Bit ? 4 : 8 }
    /// Where the part begins that depends on the signal.
    private var start: Int { layout.is32Bit ? 12 : 16 }

    private func number(_ offset: Int, _ count: Int) -> UInt64? {
        guard offset >= 0, offset + count <= bytes.count else { return nil }
        let part = bytes[offset..<(offset + count)]
        return (layout.isBigEndian ? Array(part) : part.reversed()).reduce(0) { $0 << 8 | UInt64($1) }
    }

    func int32(_ offset: Int) -> Int32? { number(offset, 4).map { Int32(truncatingIfNeeded: $0) } }
    private func uint32(_ offset: Int) -> UInt32? { number(offset, 4).map { UInt32(truncatingIfNeeded: $0) } }
    private func address(_ offset: Int) -> UInt64? { number(offset, word) }

    private func long(_ offset: Int) -> Int64? {
        layout.is32Bit ? int32(offset).map(Int64.init) : number(offset, 8).map { Int64(bitPattern: $0) }
    }

    private var sender: SignalSender? {
        guard let pid = int32(start), let uid = uint32(start + 4) else { return nil }
        return SignalSender(pid: pid, uid: uid)
    }

    private var value: SignalValue? {
        // A 32-bit value is pointer and number at once.
        address(start + 8).map { SignalValue($0, isBigEndian: layout.isBigEndian && !layout.is32Bit) }
    }

    /// Which fields there are, the kernel decides by the code and then by the signal.
    func detail(_ signal: Signal, _ code: Int32) -> SignalDetail? {
        switch signalCodeName(code, signal) {
        case "SI_TIMER": return timer
        case "SI_SIGIO": return poll
        default: break
        }
        if code < 0, code != -6 { return queued }
        guard code > 0, code < 0x80 else { return sender.map { .sent(by: $0) } }
        switch signal.name {
        case "SIGILL", "SIGFPE", "SIGSEGV", "SIGBUS", "SIGTRAP", "SIGEMT": return fault(signalCodeName(code, signal))
        case "SIGCHLD": return child
        case "SIGSYS": return systemCall
        // The codes of descriptors go with any signal that was asked for.
        default: return code <= 6 ? poll : sender.map { .sent(by: $0) }
        }
    }

    private var queued: SignalDetail? {
        guard let sender, let value else { return nil }
        return .queued(by: sender, value: value)
    }

    private var timer: SignalDetail? {
        guard let id = int32(start), let overrun = int32(start + 4), let value else { return nil }
        return .timer(id: id, overrun: overrun, value: value)
    }

    private var poll: SignalDetail? {
        guard let band = long(start), let descriptor = int32(start + word) else { return nil }
        return .poll(band: band, descriptor: descriptor)
    }

    private var child: SignalDetail? {
        // The times are aligned to the size of a `long`.
        let times = start + (layout.is32Bit ? 12 : 16)
        guard let sender, let status = int32(start + 8), let user = long(times), let system = long(times + word) else {
            return nil
        }
        return .child(SignalChild(sender: sender, status: status, userTime: user, systemTime: system))
    }

    private var systemCall: SignalDetail? {
        guard let address = address(start), let number = int32(start + word), let machine = uint32(start + word + 4)
        else { return nil }
        return .systemCall(address: address, number: number, auditArchitecture: machine)
    }

    private func fault(_ code: String?) -> SignalDetail? {
        guard let address = address(start), let cause = cause(code) else { return nil }
        return .fault(SignalFault(address: address, cause: cause))
    }

    private func cause(_ code: String?) -> SignalFault.Cause? {
        let next = start + word
        switch code {
        case "BUS_MCEERR_AR", "BUS_MCEERR_AO":
            return number(next, 2).map { .memoryError(lowestBit: Int16(truncatingIfNeeded: $0)) }
        case "SEGV_BNDERR":
            guard let lower = address(next + word), let upper = address(next + 2 * word) else { return nil }
            return .bounds(lower: lower, upper: upper)
        case "SEGV_PKUERR": return uint32(next + word).map { .protectionKey($0) }
        case "TRAP_PERF":
            guard let data = address(next), let type = uint32(next + word), let flags = uint32(next + word + 4) else {
                return nil
            }
            return .performance(data: data, type: type, flags: flags)
        default: return SignalFault.Cause.none
        }
    }
}
