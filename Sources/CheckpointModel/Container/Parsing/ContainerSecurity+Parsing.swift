internal import EvidenceText

extension ContainerSecurity {
    init(_ files: EngineFiles) {
        let (process, linux, docker) = (files.process, files.linux, files.docker)
        isPrivileged = ContainerSecurity.privileged(files).map(\.isSet)
        capabilities = ContainerCapabilities(process["capabilities"])
        hasNoNewPrivileges = firstKnown(process["noNewPrivileges"].flag, docker["NoNewPrivileges"].flag)
        seccomp = ContainerSeccomp.find(linux["seccomp"])
        maskedPaths = linux["maskedPaths"].texts
        readOnlyPaths = linux["readonlyPaths"].texts
        hasReadOnlyRoot = firstKnown(files.spec["root"]["readonly"].flag, files.dockerHost["ReadonlyRootfs"].flag)
        selinuxLabel = firstKnown(process["selinuxLabel"].text, docker["ProcessLabel"].text)
        mountLabel = firstKnown(linux["mountLabel"].text, docker["MountLabel"].text)
        appArmorProfile = firstKnown(process["apparmorProfile"].text, docker["AppArmorProfile"].text)
    }

    /// What the engine was told: Podman notes it in an annotation, since its own flag covers a part of it only.
    static func privileged(_ files: EngineFiles) -> Known<(isSet: Bool, file: String)> {
        func note(_ key: String) -> Known<(isSet: Bool, file: String)> {
            files.note(key).map { text in
                (["TRUE", "true", "True", "1"].contains(text), files.annotations.file.name)
            }
        }
        return firstKnown(
            note("io.podman.annotations.privileged"), note("io.kubernetes.cri-o.PrivilegedRuntime"),
            files.dockerHost["Privileged"].flag.map { ($0, files.dockerHost.file.name) },
            files.config["privileged"].flag.map { ($0, files.config.file.name) })
    }
}
