import CheckpointModel
import EvidenceText

extension Forms {
    /// What a signal tells.
    static let signalDetail = Form<SignalDetail>.object(
        "signal_detail", "What a signal tells, which depends on its number and code.",
        [
            .must("kind", .enumerated(SignalDetail.words), "What sort of thing it tells.") { $0.word },
            .optional("pid", .processID, "The sender, or the child.") { $0.sender?.pid },
            .optional("uid", .integer, "The real user id of the sender or child.") { $0.sender?.uid },
            .optional("value", signalValue, "The value that it carries.") { $0.value },
            .optional("timer", .integer, "The id of the timer.") { $0.timer?.id },
            .optional("overrun", .integer, "How many more times the timer expired.") { $0.timer?.overrun },
            .optional("status", .integer, "The exit status of the child, or its signal.") { $0.child?.status },
            .optional("user_ticks", .integer, "The child's processor time in user mode.") { $0.child?.userTime },
            .optional("system_ticks", .integer, "The child's processor time in the kernel.") { $0.child?.systemTime },
            .optional("address", .hexadecimal, "The address that was accessed, or of the instruction.") { $0.address },
            .optional("cause", .string, "What else is told of the address.") { $0.cause },
            .optional("band", .hexadecimal, "The events of the descriptor.") { $0.poll?.band },
            .optional("fd", .integer, "The descriptor.") { $0.poll?.descriptor },
            .optional("system_call", .integer, "The number of the refused system call.") { $0.call?.number },
            .optional("audit_architecture", .hexadecimal, "The machine whose number it is.") { $0.call?.machine },
        ])

    /// The value that a signal carries.
    static let signalValue = Form<SignalValue>.object(
        "signal_value", "A number or a pointer, as its sender meant it.",
        [
            .must("integer", .integer, "The value read as a number.") { $0.integer },
            .must("pointer", .hexadecimal, "The value read as a pointer.") { $0.pointer },
        ]
    ).asOne
}

extension SignalDetail {
    fileprivate static let words = ["sent", "queued", "timer", "child", "fault", "poll", "system-call"]

    fileprivate var word: String {
        switch self {
        case .sent: "sent"
        case .queued: "queued"
        case .timer: "timer"
        case .child: "child"
        case .fault: "fault"
        case .poll: "poll"
        case .systemCall: "system-call"
        }
    }

    fileprivate var sender: SignalSender? {
        switch self {
        case .sent(let sender), .queued(let sender, _): sender
        case .child(let child): child.sender
        default: nil
        }
    }

    fileprivate var value: SignalValue? {
        switch self {
        case .queued(_, let value), .timer(_, _, let value): value
        default: nil
        }
    }

    fileprivate var timer: (id: Int32, overrun: Int32)? {
        guard case .timer(let id, let overrun, _) = self else { return nil }
        return (id, overrun)
    }

    fileprivate var child: SignalChild? {
        guard case .child(let child) = self else { return nil }
        return child
    }

    fileprivate var address: UInt64? {
        switch self {
        case .fault(let fault): fault.address
        case .systemCall(let address, _, _): address
        default: nil
        }
    }

    fileprivate var cause: String? {
        guard case .fault(let fault) = self, fault.cause != .none else { return nil }
        return String(fault.cause.text.dropFirst(2))
    }

    fileprivate var poll: (band: Int64, descriptor: Int32)? {
        guard case .poll(let band, let descriptor) = self else { return nil }
        return (band, descriptor)
    }

    fileprivate var call: (number: Int32, machine: UInt32)? {
        guard case .systemCall(_, let number, let machine) = self else { return nil }
        return (number, machine)
    }
}
