public import EvidenceText

/// Who a thread acts as and what it may do. Ids are those of its user namespace.
public struct Credentials: Sendable, Equatable {
    /// The user ids.
    public let user: Identity
    /// The group ids.
    public let group: Identity
    /// The supplementary groups, in the order of the image.
    public let groups: [UInt32]
    /// The capabilities that are kept over `execve`, if the program's file allows.
    public let inheritable: CapabilitySet
    /// The capabilities that the thread may use.
    public let permitted: CapabilitySet
    /// The capabilities that checks go by.
    public let effective: CapabilitySet
    /// The capabilities that can be gained at all.
    public let bounding: CapabilitySet
    /// The capabilities that are kept over `execve` of any program.
    public let ambient: CapabilitySet
    /// What restricts the special rights of user id 0.
    public let secureBits: SecureBits
    /// Whether programs that are run from here gain no privileges.
    public let hasNoNewPrivileges: Bool
    /// The security module that the labels are of.
    public let securityModule: Known<SecurityModule>
    /// The AppArmor profile or SELinux context; missing if there is none.
    public let securityLabel: Known<ByteText>
    /// The SELinux context of new sockets; missing if it is the thread's own.
    public let socketLabel: Known<ByteText>
    /// Data of AppArmor, for which CRIU has a field that it does not write; empty if there is none.
    public let securityData: [UInt8]
    /// Where they were read.
    public let origin: Origin

    /// The four ids of a user or group.
    public struct Identity: Sendable, Equatable {
        /// Who started the program.
        public let real: UInt32
        /// Who most checks go by.
        public let effective: UInt32
        /// Who the thread can become again.
        public let saved: UInt32
        /// Who checks of files go by.
        public let fileSystem: UInt32

        /// Whether all four are the same.
        public var isUniform: Bool { effective == real && saved == real && fileSystem == real }
    }
}
