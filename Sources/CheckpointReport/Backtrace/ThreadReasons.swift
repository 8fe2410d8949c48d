import CheckpointAnalysis
import CheckpointModel
import EvidenceText

extension ThreadBacktrace {
    /// Why the thread was where it was, a line for each reason: signals that it handled, and those that wait for it.
    func reasons(_ report: ProcessBacktrace) -> [String] {
        var lines: [String] = []
        for handled in stack.value?.handledSignals ?? [] {
            let frame = "#\(handled.frame)"
            switch handled.information {
            case .value(let signal): lines.append("handles \(signal.text) (signal frame \(frame))")
            case .missing(let absence):
                lines.append("handles a signal (signal frame \(frame)): \(ByteText(absence.detail).forTerminal)")
            }
        }
        lines += thread.pendingSignals.value?.map { "\($0.text) waits for the thread" } ?? []
        return lines + faults.map(\.text)
    }
}

extension PendingSignal {
    /// The signal, why it was sent, and what it tells: `SIGSEGV (SEGV_MAPERR at 0x10)`.
    var text: String {
        var words = [codeName ?? "code \(code)"]
        switch detail.value {
        case .fault(let fault): words.append("at \(hexadecimalText(fault.address))")
        case .sent(let sender), .queued(let sender, _): words.append("from process \(sender.pid), user \(sender.uid)")
        case .child(let child): words.append("of child \(child.sender.pid)")
        default: break
        }
        return "\(signal.name) (\(words.joined(separator: " ")))"
    }
}

extension FaultPlace {
    /// What is mapped at the address.
    var text: String {
        let start = "address \(hexadecimalText(address)): "
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
    /// What the thread was doing.
    var text: String {
        switch self {
        case .missing(let absence): "activity not known (\(ByteText(absence.detail).forTerminal))"
        case .value(.userMode): "running its program"
        case .value(.systemCall(let call)): call.text
        }
    }
}

extension SystemCall {
    /// Which call it is, and how far it had come.
    var text: String {
        let name = name ?? "number \(number)"
        let call = isCertain ? "in system call \(name)" : "probably in system call \(name)"
        switch progress {
        case .restarts, .restartsUnmoved: return call + ", which is made again when it goes on"
        case .interrupted: return call + ", which ends with EINTR"
        case .returned(let result): return "just out of system call \(name), result \(hexadecimalText(result))"
        case .unknown: return call
        }
    }
}
