public import EvidenceText

/// What a container was allowed to do.
public struct ContainerSecurity: Sendable {
    /// Whether the engine was told to make it privileged.
    public let isPrivileged: Known<Bool>
    /// The capabilities of its first process.
    public let capabilities: ContainerCapabilities
    /// Whether programs could gain no privileges.
    public let hasNoNewPrivileges: Known<Bool>
    /// The filter of system calls.
    public let seccomp: Known<ContainerSeccomp>
    /// Paths that read as empty.
    public let maskedPaths: Known<[ByteText]>
    /// Paths that could not be written to.
    public let readOnlyPaths: Known<[ByteText]>
    /// Whether its root file system could not be written to.
    public let hasReadOnlyRoot: Known<Bool>
    /// The SELinux label of its processes.
    public let selinuxLabel: Known<ByteText>
    /// The SELinux label of its files.
    public let mountLabel: Known<ByteText>
    /// The AppArmor profile of its processes.
    public let appArmorProfile: Known<ByteText>
}

/// The capabilities that an engine gave a process, by name: `CAP_CHOWN`.
public struct ContainerCapabilities: Sendable {
    /// Those that it and its programs can ever have.
    public let bounding: Known<[ByteText]>
    /// Those that it could make use of.
    public let permitted: Known<[ByteText]>
    /// Those that were in force.
    public let effective: Known<[ByteText]>
    /// Those that programs with capabilities of their own can take over.
    public let inheritable: Known<[ByteText]>
    /// Those that any program takes over.
    public let ambient: Known<[ByteText]>
}

/// A filter of system calls, as an engine described it. What was in force is in the images.
public struct ContainerSeccomp: Sendable {
    /// What happens to a call that no rule is for.
    public let defaultAction: Known<ByteText>
    /// The architectures that it is for.
    public let architectures: Known<[ByteText]>
    /// How many rules it has; a rule names one or more calls.
    public let ruleCount: Known<Int>
    /// For each action of the rules how many calls they name, sorted by action.
    public let calls: [Calls]

    /// How many calls have an action.
    public struct Calls: Sendable, Equatable {
        /// The action: `SCMP_ACT_ALLOW`.
        public let action: ByteText
        /// The number of names in rules with that action.
        public let count: Int
    }
}
