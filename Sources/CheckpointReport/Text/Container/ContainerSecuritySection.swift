import CheckpointModel
import EvidenceText

/// What a container was allowed to do.
struct ContainerSecuritySection {
    private let container: Container
    private let lines: LabelledLines

    init(_ container: Container, _ lines: LabelledLines) {
        self.container = container
        self.lines = lines
    }

    private var security: ContainerSecurity { container.security }

    func write() {
        lines.heading("security, as the engine asked for it")
        lines.line("privileged", security.isPrivileged.value.map { $0 ? "yes" : "no" } ?? "not recorded")
        writeCapabilities()
        lines.line("no new privs", ifAny: security.hasNoNewPrivileges.value.map { $0 ? "yes" : "no" })
        lines.line("seccomp", ifAny: security.seccomp.value?.text)
        lines.line("selinux", ifAny: security.selinuxLabel.value?.forTerminal)
        lines.line("file label", ifAny: security.mountLabel.value?.forTerminal)
        lines.line("apparmor", ifAny: security.appArmorProfile.value?.forTerminal)
        lines.line("masked", ifAny: pathsText(security.maskedPaths))
        lines.line("read-only", ifAny: pathsText(security.readOnlyPaths))
        if security.hasReadOnlyRoot.value == true { lines.line("root", "read-only") }
        lines.line("namespaces", ifAny: namespacesText)
    }

    private func writeCapabilities() {
        let sets = security.capabilities
        let named = [
            ("bounding", sets.bounding), ("permitted", sets.permitted), ("effective", sets.effective),
            ("inheritable", sets.inheritable), ("ambient", sets.ambient),
        ]
        // Most engines give the same ones in most sets.
        var groups: [(names: [String], capabilities: [ByteText])] = []
        for (name, set) in named {
            guard let set = set.value else { continue }
            if let index = groups.firstIndex(where: { $0.capabilities == set }) {
                groups[index].names.append(name)
            } else {
                groups.append(([name], set))
            }
        }
        for group in groups {
            let text = group.capabilities.isEmpty ? "none" : group.capabilities.map(shortName).joined(separator: " ")
            lines.line("capabilities", "\(group.names.joined(separator: ", ")): \(text)")
        }
    }

    private func shortName(_ name: ByteText) -> String {
        let text = name.forTerminal
        return text.hasPrefix("CAP_") ? String(text.dropFirst(4)).lowercased() : text
    }

    private func pathsText(_ paths: Known<[ByteText]>) -> String? {
        paths.value.map { $0.isEmpty ? "nothing" : $0.map(\.forTerminal).joined(separator: " ") }
    }

    private var namespacesText: String? {
        container.namespaces.value.map { list in
            list.isEmpty
                ? "none of its own"
                : list.map { namespace in
                    namespace.type.forTerminal + (namespace.path.value.map { " " + $0.forTerminal } ?? " (new)")
                }.joined(separator: ", ")
        }
    }
}

extension ContainerSeccomp {
    /// The filter in a line, escaped for a terminal.
    var text: String {
        let names = calls.map { "\($0.count) \(action($0.action))" }.joined(separator: ", ")
        let rules = ruleCount.value.map { counted($0, "rule") } ?? "rules not known"
        return "\(rules) (\(names.isEmpty ? "none" : names)), otherwise \(defaultAction.value.map(action) ?? "?")"
    }

    private func action(_ name: ByteText) -> String {
        let text = name.forTerminal
        return text.hasPrefix("SCMP_ACT_") ? String(text.dropFirst(9)).lowercased() : text
    }
}
