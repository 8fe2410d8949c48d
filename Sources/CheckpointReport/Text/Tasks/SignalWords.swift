import CheckpointModel

extension SignalSet {
    /// The set of some signals.
    init(_ signals: [Signal]) {
        self.init(signals.map(\.number), signals.first?.numbering ?? .common)
    }
}

extension SignalDetail {
    /// What the signal tells, in words.
    func text(_ numbering: SignalNumbering) -> String {
        switch self {
        case .sent(let sender): sender.text
        case .queued(let sender, let value): sender.text + ", value " + value.text
        case .timer(let id, let overrun, let value):
            "timer \(id), value \(value.text)" + (overrun == 0 ? "" : ", overrun \(overrun)")
        case .child(let child):
            child.sender.text + ", status \(child.status), \(child.userTime) and \(child.systemTime) ticks"
        case .fault(let fault): "address " + padded(fault.address, 8) + fault.cause.text
        case .poll(let band, let descriptor): "descriptor \(descriptor), events " + hexadecimalWord(band)
        case .systemCall(let address, let number, let machine):
            "call \(number) of machine \(hexadecimalWord(machine)) at \(padded(address, 8))"
        }
    }
}

extension SignalSender {
    var text: String { "from pid \(pid) uid \(uid)" }
}

extension SignalValue {
    /// The number, if nothing but a number is there; else the pointer, and the number that is in its place.
    var text: String {
        let number = UInt64(UInt32(bitPattern: integer))
        // Where the number is in the upper half, the lower one is 0.
        if pointer == number || pointer == number << 32 { return String(integer) }
        return "\(hexadecimalWord(pointer)) (int \(integer))"
    }
}

extension SignalFault.Cause {
    var text: String {
        switch self {
        case .none: ""
        case .memoryError(let bit): ", lowest bit \(bit)"
        case .bounds(let lower, let upper): ", bounds \(padded(lower, 8)) to \(padded(upper, 8))"
        case .protectionKey(let key): ", protection key \(key)"
        case .performance(let data, let type, let flags):
            ", data \(hexadecimalWord(data)) type \(type) flags \(hexadecimalWord(flags))"
        }
    }
}

extension SignalAction {
    /// The handler's address, or what is done without one.
    var text: String {
        switch disposition {
        case .standard: "default"
        case .ignored: "ignored"
        case .handler(let address): padded(address, 8)
        }
    }
}

extension AlternateStack {
    /// Where it is and how large; `-` for none.
    var text: String {
        guard isEnabled else { return "-" }
        let others = flagNames.filter { $0 != "SS_ONSTACK" }.map { " " + $0 }.joined()
        return "\(padded(address, 8)) \(byteText(size))" + (isInUse ? " in use" : "") + others
    }
}

extension TimeValue {
    /// Seconds with their fraction: `500.25 s`.
    var text: String {
        guard nanoseconds > 0 else { return "\(seconds) s" }
        let digits = String(nanoseconds)
        let fraction = String(repeating: "0", count: max(9 - digits.count, 0)) + digits
        let end = fraction.lastIndex { $0 != "0" } ?? fraction.startIndex
        return "\(seconds).\(fraction[...end]) s"
    }
}

extension PosixTimer {
    /// Whom the timer notifies, and by which signal.
    var notificationText: String {
        let target = threadID.map { " to thread \($0)" } ?? ""
        switch notification.name {
        case "SIGEV_NONE": return "nobody"
        case "SIGEV_SIGNAL", "SIGEV_THREAD_ID", "SIGEV_THREAD": return signal.name + target + ", value " + value.text
        default: return "notification \(notification.rawValue)"
        }
    }
}

extension Absence {
    /// A process that has ended has no signals.
    static let processEnded = Absence(.notApplicable, "the process has ended")
}
