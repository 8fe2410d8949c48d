internal import EvidenceText

/// Looks for what weakens the wall between a container and its host.
struct ExposureFinder {
    private let files: EngineFiles
    private let mounts: [ContainerMount]

    init(_ files: EngineFiles, mounts: [ContainerMount]) {
        self.files = files
        self.mounts = mounts
    }

    /// What was found, by weight.
    var exposures: [ContainerExposure] {
        let found = privilege + capabilities + hostNamespaces + hostMounts + devices + confinement
        return ContainerExposure.Kind.allCases.flatMap { kind in found.filter { $0.kind == kind } }
    }

    private func exposure(
        _ kind: ContainerExposure.Kind, _ subjects: [ByteText] = [], _ node: MetadataNode
    ) -> ContainerExposure {
        ContainerExposure(kind: kind, subjects: subjects, origin: Origin(node.file.name))
    }

    private var privilege: [ContainerExposure] {
        guard let told = ContainerSecurity.privileged(files).value, told.isSet else { return [] }
        return [ContainerExposure(kind: .privileged, subjects: [], origin: Origin(told.file))]
    }

    // MARK: Capabilities

    /// Engines give none of these by default: their rights reach beyond a container, or do in many set-ups.
    private static let strong: Set<ByteText> = [
        "CAP_SYS_ADMIN", "CAP_SYS_MODULE", "CAP_SYS_PTRACE", "CAP_SYS_RAWIO", "CAP_DAC_READ_SEARCH", "CAP_SYS_BOOT",
        "CAP_BPF", "CAP_PERFMON", "CAP_NET_ADMIN", "CAP_MAC_ADMIN", "CAP_MAC_OVERRIDE", "CAP_SYSLOG",
        "CAP_SYS_TIME", "CAP_CHECKPOINT_RESTORE",
    ]
    /// How many capabilities Linux has had since 3.16; newer kernels have more.
    private static let oldCount = 38

    private var capabilities: [ContainerExposure] {
        let added = files.dockerHost["CapAdd"]
        if let names = added.texts.value, names.contains("ALL") || names.contains("all") {
            return [exposure(.allCapabilities, [], added)]
        }
        let node = files.process["capabilities"]["bounding"]
        let names = Set(node.texts.value ?? [])
        let strong = names.intersection(ExposureFinder.strong)
        let fromDocker = Set((added.texts.value ?? []).map(ExposureFinder.fullName)).intersection(ExposureFinder.strong)
        if names.count >= ExposureFinder.oldCount, names.contains("CAP_SYS_ADMIN") {
            return [exposure(.allCapabilities, [], node)]
        }
        if !strong.isEmpty { return [exposure(.strongCapabilities, strong.sorted(), node)] }
        return fromDocker.isEmpty ? [] : [exposure(.strongCapabilities, fromDocker.sorted(), added)]
    }

    /// Docker takes names with and without `CAP_`.
    private static func fullName(_ name: ByteText) -> ByteText {
        name.bytes.starts(with: "CAP_".utf8) ? name : ByteText(Array("CAP_".utf8) + name.bytes)
    }

    // MARK: Namespaces

    private var hostNamespaces: [ContainerExposure] {
        let told = files.linux["namespaces"]
        // What is not in a damaged list may have been lost.
        if let list = ContainerNamespace.list(files).value, files.spec.file.damage == nil,
            list.count == told.elements.value?.count
        {
            let expected: [ByteText] = ["pid", "network", "mount", "ipc", "uts"]
            let shared = expected.filter { type in
                guard let own = list.first(where: { $0.type == type }) else { return true }
                return own.path.value.map(ExposureFinder.isOfHost) ?? false
            }
            return shared.isEmpty ? [] : [exposure(.hostNamespace, shared, told)]
        }
        let modes: [(String, ByteText)] = [
            ("PidMode", "pid"), ("NetworkMode", "network"), ("IpcMode", "ipc"), ("UTSMode", "uts"),
        ]
        let shared = modes.filter { files.dockerHost[$0.0].text.value == "host" }.map(\.1)
        return shared.isEmpty ? [] : [exposure(.hostNamespace, shared, files.dockerHost)]
    }

    private static func isOfHost(_ path: ByteText) -> Bool {
        path.bytes.starts(with: "/proc/1/ns/".utf8)
    }

    // MARK: Mounts

    private static let sockets: Set<String> = [
        "docker.sock", "containerd.sock", "crio.sock", "podman.sock", "dockershim.sock", "cri-dockerd.sock",
    ]
    private static let sensitive: Set<String> = [
        "/", "/boot", "/dev", "/etc", "/home", "/lib", "/lib/modules", "/proc", "/root", "/root/.ssh", "/run", "/sys",
        "/usr", "/usr/bin", "/var", "/var/lib", "/var/lib/containerd", "/var/lib/containers", "/var/lib/docker",
        "/var/lib/etcd", "/var/lib/kubelet", "/var/log", "/var/run", "/etc/kubernetes", "/etc/shadow", "/etc/passwd",
        "/etc/ssh", "/etc/cron.d", "/etc/systemd", "/run/containerd", "/run/docker", "/run/crio",
    ]

    private var hostMounts: [ContainerExposure] {
        mounts.compactMap { mount in
            guard mount.isBind, let source = mount.source.value else { return nil }
            let path = source.string ?? ""
            let last = path.split(separator: "/").last.map(String.init) ?? ""
            let target = mount.destination.value ?? "?"
            let subjects = [source, target]
            if ExposureFinder.sockets.contains(last) {
                return ContainerExposure(kind: .engineSocket, subjects: subjects, origin: mount.origin)
            }
            let plain = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
            guard ExposureFinder.sensitive.contains(plain) else { return nil }
            return ContainerExposure(kind: .hostPath, subjects: subjects, origin: mount.origin)
        }
    }

    // MARK: Devices and confinement

    /// A rule that allows all devices, and no later one that takes it back.
    private var devices: [ContainerExposure] {
        guard files.spec.file.damage == nil else { return [] }
        let node = files.linux["resources"]["devices"]
        var allowsAll = false
        for rule in node.elements.value ?? [] {
            let isForAll =
                ["", "a"].contains(rule["type"].text.value ?? "") && !rule["major"].exists && !rule["minor"].exists
            if isForAll, let allows = rule["allow"].flag.value { allowsAll = allows }
        }
        return allowsAll ? [exposure(.allDevices, [], node)] : []
    }

    private func allowsAll(_ seccomp: MetadataNode) -> Bool {
        guard seccomp["defaultAction"].text.value == "SCMP_ACT_ALLOW", seccomp.file.damage == nil else { return false }
        return seccomp["syscalls"].elements.value?.isEmpty ?? true
    }

    private var confinement: [ContainerExposure] {
        var found: [ContainerExposure] = []
        let linux = files.linux
        let seccomp = linux["seccomp"]
        if linux.exists, !seccomp.exists, seccomp.content.absence?.reason == .notRecorded {
            found.append(exposure(.noSeccomp, [], linux))
        } else if allowsAll(seccomp) {
            found.append(exposure(.noSeccomp, [], linux))
        } else if files.docker["SeccompProfile"].text.value == "unconfined" {
            found.append(exposure(.noSeccomp, [], files.docker))
        }
        for node in [files.process["apparmorProfile"], files.docker["AppArmorProfile"]]
        where node.text.value == "unconfined" {
            found.append(exposure(.noAppArmor, [], node))
        }
        let masked = linux["maskedPaths"]
        let isOpen = masked.content.absence?.reason == .notRecorded || masked.texts.value?.isEmpty == true
        if linux.exists, isOpen, masked.file.damage == nil { found.append(exposure(.nothingMasked, [], linux)) }
        return found
    }
}
