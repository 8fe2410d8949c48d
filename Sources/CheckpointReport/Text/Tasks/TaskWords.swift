import CheckpointModel
import EvidenceText

/// A number in hexadecimal with its prefix.
func hexadecimalWord(_ value: some FixedWidthInteger) -> String {
    "0x" + String(UInt64(truncatingIfNeeded: value), radix: 16)
}

extension SystemCall {
    /// The name, or the number of a call without one; with a question mark if it is not certain.
    var nameText: String { (name ?? "call \(number)") + (isCertain ? "" : "?") }

    /// The name, and what became of the call.
    var text: String {
        switch progress {
        case .restarts, .restartsUnmoved, .unknown: nameText
        case .interrupted: nameText + " = EINTR"
        case .returned(let result): nameText + " = " + resultText(result)
        }
    }

    /// A result as a number: errors are the negative ones near 0.
    private func resultText(_ result: UInt64) -> String {
        let number =
            table == .i386 || table == .arm
            ? Int64(Int32(truncatingIfNeeded: result)) : Int64(bitPattern: result)
        return (-4095..<65536).contains(number) ? String(number) : hexadecimalWord(result)
    }
}

extension ThreadActivity {
    /// The system call, or that there is none.
    var text: String {
        switch self {
        case .userMode: "user mode"
        case .systemCall(let call): call.text
        }
    }
}

extension Scheduling {
    /// The policy with what differs from the usual: `other`, `batch, nice 5`, `rr 7`.
    var text: String {
        var text = policy.name.map { String($0.dropFirst(6)).lowercased() } ?? "policy \(policy.rawValue)"
        if let priority = priority.value, priority != 0 { text += " \(priority)" }
        if let nice = nice.value, nice != 0 { text += ", nice \(nice)" }
        return isResetOnFork ? text + ", reset on fork" : text
    }
}

extension SignalSet {
    /// The names without `SIG`; many of them are counted.
    var shortText: String {
        let signals = signals
        return signals.count > 6 ? counted(signals.count, "signal") : signals.map(\.shortName).joined(separator: ",")
    }

    /// All names without `SIG`.
    var fullText: String { signals.map(\.shortName).joined(separator: " ") }
}

extension Signal {
    /// The name without `SIG`.
    var shortName: String { name.hasPrefix("SIG") && number != 32 && number != 33 ? String(name.dropFirst(3)) : name }
}

extension Credentials.Identity {
    /// One id if all are the same, else each with its role.
    var text: String {
        isUniform ? String(real) : "\(real) effective \(effective) saved \(saved) fs \(fileSystem)"
    }
}

extension CapabilitySet {
    /// The names without `CAP_`, in short where all or nearly all are there.
    var text: String {
        if isEmpty { return "none" }
        if isFull { return "all" }
        let missing = missingNames
        if missing.count < 12 { return "all but " + missing.map(short).joined(separator: " ") }
        return names.map(short).joined(separator: " ")
    }

    private func short(_ name: String) -> String {
        name.hasPrefix("CAP_") ? String(name.dropFirst(4)).lowercased() : name
    }
}

extension Seccomp {
    /// The mode, and how many filters there are.
    var text: String {
        let name = mode.name ?? "mode \(mode.rawValue)"
        if mode != .filter { return name }
        let places = filters.prefix(8).map { String($0.index) }.joined(separator: ", ")
        let more = filters.count > 8 ? ", …" : ""
        return counted(filters.count, "filter") + (filters.isEmpty ? "" : " (\(places)\(more))")
            + (isLeadersOwn ? ", as the leader" : "")
    }
}

extension Known {
    /// A text for the value, or why there is none, in parentheses.
    func text(_ make: (Value) -> String) -> String {
        switch self {
        case .value(let value): make(value)
        case .missing(let absence): "? (" + ByteText(absence.detail).forTerminal + ")"
        }
    }
}
