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
