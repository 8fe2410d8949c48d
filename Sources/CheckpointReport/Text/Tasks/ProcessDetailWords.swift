import CheckpointModel

extension Dumpability {
    /// What it allows, or its number.
    var text: String { name ?? "mode \(rawValue)" }
}

extension ResourceLimit {
    /// The name without `RLIMIT_`, soft limit, and the hard one if it is another.
    var text: String {
        let label = name.map { String($0.dropFirst(7)).lowercased() } ?? "limit \(number)"
        return label + " " + number(soft) + (soft == hard ? "" : " of " + number(hard))
    }

    private func number(_ value: UInt64) -> String {
        if value == ResourceLimit.unlimited { return "unlimited" }
        return unit == "bytes" ? byteText(value) : String(value)
    }

    /// Whether it is as the kernel sets it for the first process, or as the machine's memory decides.
    var isUsual: Bool {
        switch name {
        case "RLIMIT_STACK": soft == 8 << 20 && hard == ResourceLimit.unlimited
        case "RLIMIT_CORE": soft == 0 && hard == ResourceLimit.unlimited
        case "RLIMIT_NPROC", "RLIMIT_SIGPENDING": soft == hard
        case "RLIMIT_NOFILE": soft == 1024 && [4096, 524_288, 1_048_576].contains(hard)
        case "RLIMIT_MEMLOCK": soft == hard && [64 << 10, 8 << 20].contains(hard)
        case "RLIMIT_MSGQUEUE": soft == 819_200 && hard == 819_200
        case "RLIMIT_NICE", "RLIMIT_RTPRIO": soft == 0 && hard == 0
        case nil: false
        default: soft == ResourceLimit.unlimited && hard == ResourceLimit.unlimited
        }
    }
}

extension ProcessDetails {
    /// With which processes what is shared; nil if nothing is, or if it is not known.
    var sharingText: String? {
        guard let shared = sharedResources.value, !shared.isEmpty else { return nil }
        let parts = [
            ("memory", shared.memory), ("descriptors", shared.files), ("directories", shared.directories),
            ("signal handlers", shared.signalHandlers),
        ]
        return parts.filter { $1.count > 0 }.map { "\($0) with \($1.text)" }.joined(separator: ", ")
    }
}

extension SharedResources.Sharers {
    /// The processes, all but the first few counted.
    fileprivate var text: String {
        let shown = processes.prefix(8).map { String($0) }.joined(separator: " ")
        return count > 8 ? "\(shown) and \(count - 8) more" : shown
    }
}
