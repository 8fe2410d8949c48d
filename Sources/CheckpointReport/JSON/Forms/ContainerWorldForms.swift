import CheckpointModel

extension Forms {
    /// Something that was mounted into a container.
    static let containerMount = Form<ContainerMount>.object(
        "container_mount", "Something that was mounted into a container, as the engine planned it.",
        [
            .known("destination", .text, "Where it was mounted, in the container.") { $0.destination },
            .known("source", .text, "What was mounted.") { $0.source },
            .known("type", .text, "The type of file system; bind for a piece of the host's.") { $0.type },
            .known("options", .texts, "The options.") { $0.options },
            .must("bind", .flag, "Whether it is a piece of the host's file system.") { $0.isBind },
            .known("volume", .text, "The name of the volume that it is.") { $0.volume },
            .known("file_type", .text, "What the source was: directory or file.") { $0.fileType },
            .known("permissions", .octal, "The permissions of the source.") { $0.permissions },
            .must("origin", .origin, "Where it was read.") { $0.origin },
        ]
    ).matched(by: "destination")

    /// A network that a container was in.
    static let containerNetwork = Form<ContainerNetwork>.object(
        "container_network", "A network that a container was in, as the engine set it up.",
        [
            .known("name", .text, "The network's name.") { $0.name },
            .known("interface", .text, "The interface in the container.") { $0.interface },
            .known("mac_address", .text, "The hardware address.") { $0.hardwareAddress },
            .must("addresses", .list(containerAddress), "The addresses.") { $0.addresses },
            .must("origin", .origin, "Where it was read.") { $0.origin },
        ]
    ).matched(by: "name")

    private static let containerAddress = Form<ContainerNetwork.Address>.object(
        "container_address", "An address of a container.",
        [
            .must("address", .text, "The address, with the length of its prefix where the engine wrote it.") {
                $0.address
            },
            .known("gateway", .text, "The gateway of its network.") { $0.gateway },
        ])

    /// A port of the host that leads into a container.
    static let containerPort = Form<ContainerPort>.object(
        "container_port", "A port of the host that leads into a container.",
        [
            .known("host_address", .text, "The address of the host that is listened on.") { $0.hostAddress },
            .known("host_port", .integer, "The port of the host, the first one of a range.") { $0.hostPort },
            .known("container_port", .integer, "The port of the container.") { $0.containerPort },
            .must("count", .integer, "How many ports follow one another.") { $0.count },
            .known("protocol", .text, "The protocol.") { $0.networkProtocol },
            .must("origin", .origin, "Where it was read.") { $0.origin },
        ]
    ).matched(by: "container_port", "protocol")

    /// A namespace that a container was given.
    static let containerNamespace = Form<ContainerNamespace>.object(
        "container_namespace", "A namespace that a container was given.",
        [
            .must("type", .text, "Its type, in the runtime's words.") { $0.type },
            .known("path", .text, "The path of one that was there before, on the host.") { $0.path },
        ]
    ).matched(by: "type")

    /// What a container was allowed to do.
    static let containerSecurity = Form<ContainerSecurity>.object(
        "container_security", "What a container was allowed to do.",
        [
            .known("privileged", .flag, "Whether the engine was told to make it privileged.") { $0.isPrivileged },
            .must("capabilities", containerCapabilities, "The capabilities of its first process.") {
                $0.capabilities
            },
            .known("no_new_privileges", .flag, "Whether programs could gain no privileges.") {
                $0.hasNoNewPrivileges
            },
            .known("seccomp", containerSeccomp, "The filter of system calls, as the engine described it.") {
                $0.seccomp
            },
            .known("masked_paths", .texts, "Paths that read as empty.") { $0.maskedPaths },
            .known("read_only_paths", .texts, "Paths that could not be written to.") { $0.readOnlyPaths },
            .known("read_only_root", .flag, "Whether its root file system could not be written to.") {
                $0.hasReadOnlyRoot
            },
            .known("selinux_label", .text, "The SELinux label of its processes.") { $0.selinuxLabel },
            .known("mount_label", .text, "The SELinux label of its files.") { $0.mountLabel },
            .known("apparmor_profile", .text, "The AppArmor profile of its processes.") { $0.appArmorProfile },
        ])

    private static let containerCapabilities = Form<ContainerCapabilities>.object(
        "container_capabilities", "The capabilities that an engine gave a process.",
        [
            .known("bounding", .texts, "Those that it and its programs can ever have.") { $0.bounding },
            .known("permitted", .texts, "Those that it could make use of.") { $0.permitted },
            .known("effective", .texts, "Those that were in force.") { $0.effective },
            .known("inheritable", .texts, "Those that programs with capabilities can take over.") { $0.inheritable },
            .known("ambient", .texts, "Those that any program takes over.") { $0.ambient },
        ])

    private static let containerSeccomp = Form<ContainerSeccomp>.object(
        "container_seccomp", "A filter of system calls, as an engine described it.",
        [
            .known("default_action", .text, "What happens to a call that no rule is for.") { $0.defaultAction },
            .known("architectures", .texts, "The architectures that it is for.") { $0.architectures },
            .known("rule_count", .integer, "How many rules it has.") { $0.ruleCount },
            .must("calls", .list(containerSeccompCalls), "How many calls the rules name, by action.") { $0.calls },
        ])

    private static let containerSeccompCalls = Form<ContainerSeccomp.Calls>.object(
        "container_seccomp_calls", "How many calls have an action.",
        [
            .must("action", .text, "The action.") { $0.action },
            .must("count", .integer, "The number of calls.") { $0.count },
        ])
}
