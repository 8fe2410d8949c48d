public import CheckpointModel
public import EvidenceText

/// Prints the properties of processes, and of threads where they differ from their leader: ids, capabilities,
/// confinement, limits that are not the usual ones, control groups.
public struct ProcessDetailsText {
    /// Prints the properties of processes.
    ///
    /// - Parameters:
    ///   - checkpoint: The checkpoint.
    ///   - processes: The processes.
    ///   - out: Where the text goes.
    ///   - style: How it is laid out.
    public static func write(
        _ checkpoint: Checkpoint, _ processes: [Process], to out: OutputBuffer, _ style: TextStyle
    ) {
        for (index, process) in processes.enumerated() {
            if index > 0 { out.append("\n") }
            writeHeading(process, to: out, style)
            if process.state.value?.hasEnded == true {
                LabelledLines(out: out, style: style, indent: 2, labelRole: .faint).line(
                    "ended", process.exitCode.text(\.text))
                continue
            }
            let details = checkpoint.details(of: process)
            let threads = checkpoint.threads(of: process)
            for (label, text) in lines(details, threads) {
                LabelledLines(out: out, style: style, indent: 2, labelRole: .faint).line(label, text)
            }
        }
    }

    private static func lines(_ details: ProcessDetails, _ threads: [ThreadDetails]) -> [(String, String)] {
        guard let leader = threads.first else { return [] }
        var lines = threadLines(leader) + processLines(details)
        let usual = Set(threadLines(leader).map { $0.0 + $0.1 })
        for thread in threads.dropFirst() {
            for (label, text) in threadLines(thread) where !usual.contains(label + text) {
                lines.append(("thread \(thread.id)", "\(label): \(text)"))
            }
        }
        return lines
    }

    // MARK: Threads

    private static func threadLines(_ thread: ThreadDetails) -> [(String, String)] {
        let credentials: [(String, String)] =
            switch thread.credentials {
            case .missing: [("credentials", thread.credentials.text { _ in "" })]
            case .value(let credentials): credentialLines(credentials)
            }
        var lines = credentials + [("seccomp", thread.seccomp.text(\.text))]
        lines.append(("scheduling", thread.scheduling.text(\.text)))
        if let signal = thread.parentDeathSignal.value { lines.append(("parent death", "sends " + signal.name)) }
        lines.append(("cgroup", thread.cgroups.text(cgroupText)))
        return lines
    }

    private static func credentialLines(_ credentials: Credentials) -> [(String, String)] {
        var lines = [("user", credentials.user.text), ("group", credentials.group.text)]
        if !credentials.groups.isEmpty {
            lines.append(("groups", credentials.groups.map { String($0) }.joined(separator: " ")))
        }
        let effective = credentials.effective == credentials.permitted ? nil : credentials.permitted
        lines.append(("capabilities", credentials.effective.text))
        if let permitted = effective { lines.append(("permitted", permitted.text)) }
        lines.append(("bounding", credentials.bounding.text))
        if !credentials.inheritable.isEmpty { lines.append(("inheritable", credentials.inheritable.text)) }
        if !credentials.ambient.isEmpty { lines.append(("ambient", credentials.ambient.text)) }
        if !credentials.secureBits.names.isEmpty {
            lines.append(("securebits", credentials.secureBits.names.joined(separator: " ")))
        }
        if credentials.hasNoNewPrivileges { lines.append(("no_new_privs", "set")) }
        if let label = credentials.securityLabel.value {
            let module = credentials.securityModule.value?.name.map { " (\($0))" } ?? ""
            lines.append(("label", label.forTerminal + module))
        }
        if let label = credentials.socketLabel.value { lines.append(("socket label", label.forTerminal)) }
        return lines
    }

    /// Each path once, with the controllers that have it.
    private static func cgroupText(_ memberships: [CgroupMembership]) -> String {
        var paths: [(path: ByteText, controllers: [String])] = []
        for membership in memberships {
            let name = membership.controllers.isEmpty ? "v2" : membership.controllers.forTerminal
            if let place = paths.firstIndex(where: { $0.path == membership.path }) {
                paths[place].controllers.append(name)
            } else {
                paths.append((membership.path, [name]))
            }
        }
        return paths.map { "\($0.path.forTerminal) (\($0.controllers.joined(separator: ", ")))" }.joined(
            separator: "; ")
    }

    // MARK: Processes

    private static func processLines(_ details: ProcessDetails) -> [(String, String)] {
        var lines: [(String, String)] = []
        if let signal = details.stopSignal.value { lines.append(("stopped by", signal.name)) }
        let limits = details.limits.text { limits in
            limits.filter { !$0.isUsual }.map(\.text).joined(separator: ", ")
        }
        if !limits.isEmpty { lines.append(("limits", limits)) }
        let words: [(String, String?)] = [
            ("oom score", details.oomScoreAdjustment.value.flatMap { $0 == 0 ? nil : "adjusted by \($0)" }),
            ("login", details.loginUserID.value.flatMap { $0 == ProcessDetails.unsetLoginUserID ? nil : "uid \($0)" }),
            ("personality", details.personality.value?.names.joined(separator: " ")),
            ("flags", details.flags.value?.names.joined(separator: " ")),
            ("subreaper", details.isChildSubreaper.value == true ? "adopts orphans" : nil),
            ("core dumps", details.dumpability.value.flatMap { $0.rawValue == 1 ? nil : $0.text }),
            ("huge pages", details.isHugePagesDisabled.value == true ? "turned off" : nil),
            ("membarrier", details.membarriers.value?.names.joined(separator: " ")), ("shares", details.sharingText),
        ]
        for case (let label, let text?) in words where !text.isEmpty { lines.append((label, text)) }
        return lines
    }
}
