import CheckpointAnalysis
import CheckpointModel
import EvidenceText

extension ThreadBacktrace {
    /// Why the thread was where it was, a line for each reason: signals that it handled, and those that wait for it.
    var reasons: [String] {
        let handled = stack.value.map { stack in stack.handledSignals.map { $0.phrase(in: stack.frames) } } ?? []
        let pending = thread.pendingSignals.value?.map { "\($0.phrase) waits for the thread" } ?? []
        return handled + pending + faults.map(\.text)
    }
}

extension HandledSignal {
    /// The signal, the function that handles it, and the one that it struck.
    fileprivate func phrase(in frames: [StackFrame]) -> String {
        let signal =
            information.value.map { "handles \($0.phrase)" }
            ?? "handles a signal (\(ByteText(information.absence?.detail ?? "").forTerminal))"
        let handler = frame > 0 ? ", in \(place(frames[frame - 1])) (#\(frame - 1))" : ""
        let struck = frames.count > frame + 1 ? "; it struck \(place(frames[frame + 1])) (#\(frame + 1))" : ""
        return signal + handler + struck
    }

    private func place(_ frame: StackFrame) -> String {
        frame.function?.name.forTerminal ?? hexadecimalWord(frame.address)
    }
}

extension PendingSignal {
    /// The signal, why it was sent, and what it tells.
    var phrase: String {
        let code = codeName ?? "code \(code)"
        return "\(signal.name) (\(code)), " + detail.text { $0.text(signal.numbering) }
    }
}

extension FaultPlace {
    /// What is mapped at the address.
    var text: String {
        let start = "address \(hexadecimalWord(address)): "
        if let segment { return start + "in \(segment.summary)" }
        let neighbours = [below.map { "below it ends \($0.summary)" }, above.map { "above it begins \($0.summary)" }]
        return start + (["nothing is mapped there"] + neighbours.compactMap { $0 }).joined(separator: "; ")
    }
}

extension MemorySegment {
    /// Addresses, access rights and name.
    fileprivate var summary: String {
        let name = name.isEmpty ? "anonymous memory" : name.forTerminal
        return "\(rangeText) \(permissions) \(name)"
    }
}

extension Known<ThreadActivity> {
    /// What the thread was doing, in words.
    var phrase: String {
        switch self {
        case .missing(let absence): "activity not known (\(ByteText(absence.detail).forTerminal))"
        case .value(.userMode): "running its program"
        case .value(.systemCall(let call)): call.phrase
        }
    }
}

extension SystemCall {
    /// Which call it is, and how far it had come.
    fileprivate var phrase: String {
        switch progress {
        case .restarts, .restartsUnmoved: "in system call \(nameText), which is made again when it goes on"
        case .interrupted: "in system call \(nameText), which ends with EINTR"
        case .returned: "just out of system call \(text)"
        case .unknown: "in system call \(nameText)"
        }
    }
}
