import CheckpointModel
import EvidenceText

extension ContainerPod {
    /// The pod in a few words, escaped for a terminal: `namespace/name`.
    var text: String {
        let parts = [namespace, name].compactMap { $0.value?.forTerminal }
        if !parts.isEmpty { return parts.joined(separator: "/") }
        return (id.value ?? uid.value)?.forTerminal ?? "?"
    }
}

extension ContainerExposure {
    /// The weakness in words, escaped for a terminal.
    var text: String {
        let names = subjects.map(\.forTerminal)
        switch kind {
        case .privileged: return "privileged: the engine was told to make it so"
        case .allCapabilities: return "all capabilities"
        case .strongCapabilities: return "strong capabilities: " + names.joined(separator: ", ")
        case .hostNamespace: return "shares namespaces with the host: " + names.joined(separator: ", ")
        case .engineSocket: return "socket of a container engine: " + names.joined(separator: " mounted on ")
        case .hostPath: return "sensitive path of the host: " + names.joined(separator: " mounted on ")
        case .allDevices: return "all devices of the host"
        case .noSeccomp: return "no filter of system calls"
        case .noAppArmor: return "not confined by AppArmor"
        case .nothingMasked: return "nothing of /proc and /sys is masked"
        }
    }
}

extension ContainerResources {
    /// The limits that were set, in a line; empty if there are none.
    var text: String {
        func bytes(_ value: Int64) -> String { value < 0 ? "unlimited" : byteText(UInt64(value)) }
        func plain(_ value: Int64) -> String { value < 0 ? "unlimited" : String(value) }
        let parts: [String?] = [
            memoryLimit.value.map { "memory " + bytes($0) },
            memoryReservation.value.map { "memory reserved " + bytes($0) },
            swapLimit.value.map { "memory and swap " + bytes($0) }, cpuShares.value.map { "cpu shares \($0)" },
            cpuQuota.value.map { "cpu " + plain($0) + " of " + (cpuPeriod.value.map(String.init) ?? "?") + " µs" },
            cpus.value.map { "cpus " + $0.forTerminal }, memoryNodes.value.map { "memory nodes " + $0.forTerminal },
            pidsLimit.value.map { "processes " + plain($0) },
            oomScoreAdjustment.value.map { "oom score adjustment \($0)" },
        ]
        return parts.compactMap { $0 }.joined(separator: ", ")
    }
}
