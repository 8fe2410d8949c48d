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

extension ContainerCapabilities {
    fileprivate init(_ node: MetadataNode) {
        bounding = node["bounding"].texts
        permitted = node["permitted"].texts
        effective = node["effective"].texts
        inheritable = node["inheritable"].texts
        ambient = node["ambient"].texts
    }
}

extension ContainerSeccomp {
    fileprivate static func find(_ node: MetadataNode) -> Known<ContainerSeccomp> {
        node.content.map { _ in
            let rules = node["syscalls"].elements
            var counts: [ByteText: Int] = [:]
            for rule in rules.value ?? [] {
                guard let action = rule["action"].text.value else { continue }
                counts[action, default: 0] += rule["names"].elements.value?.count ?? 0
            }
            return ContainerSeccomp(
                defaultAction: node["defaultAction"].text, architectures: node["architectures"].texts,
                ruleCount: rules.map(\.count),
                calls: counts.sorted { $0.key < $1.key }.map { Calls(action: $0.key, count: $0.value) })
        }
    }
}

extension ContainerResources {
    init(_ files: EngineFiles) {
        let told = files.linux["resources"]
        let (memory, cpu, host) = (told["memory"], told["cpu"], files.dockerHost)
        memoryLimit = firstKnown(memory["limit"].integer, host["Memory"].limit)
        memoryReservation = firstKnown(memory["reservation"].integer, host["MemoryReservation"].limit)
        swapLimit = firstKnown(memory["swap"].integer, host["MemorySwap"].limit)
        cpuShares = firstKnown(cpu["shares"].integer, host["CpuShares"].limit)
        cpuQuota = firstKnown(cpu["quota"].integer, host["CpuQuota"].limit)
        cpuPeriod = firstKnown(cpu["period"].integer, host["CpuPeriod"].limit)
        cpus = firstKnown(cpu["cpus"].text, host["CpusetCpus"].text)
        memoryNodes = firstKnown(cpu["mems"].text, host["CpusetMems"].text)
        pidsLimit = firstKnown(told["pids"]["limit"].integer, host["PidsLimit"].limit)
        oomScoreAdjustment = firstKnown(files.process["oomScoreAdj"].integer, host["OomScoreAdj"].integer)
    }
}

extension MetadataNode {
    /// A limit of Docker's, where 0 stands for none.
    fileprivate var limit: Known<Int64> {
        integer.flatMap { $0 == 0 ? .missing(Absence(.notRecorded, "\(path) is not set in \(file.name)")) : .value($0) }
    }
}

extension ContainerNamespace {
    static func list(_ files: EngineFiles) -> Known<[ContainerNamespace]> {
        files.linux["namespaces"].elements.map { nodes in
            nodes.compactMap { node in
                node["type"].text.value.map { type in
                    let path = node["path"]
                    let isNew = !path.exists && path.content.absence?.reason == .notRecorded
                    return ContainerNamespace(
                        type: type, path: isNew ? .missing(Absence(.notApplicable, "a new one was made")) : path.text)
                }
            }
        }
    }
}
