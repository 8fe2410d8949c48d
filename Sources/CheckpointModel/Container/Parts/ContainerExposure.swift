public import EvidenceText

/// Something that weakens the wall between a container and its host. Each is a fact that a file of the engine states.
public struct ContainerExposure: Sendable, Equatable {
    /// What sort of weakness it is.
    public let kind: Kind
    /// What exactly it is about: capabilities, a namespace, a mount; empty where the kind says it all.
    public let subjects: [ByteText]
    /// Where it was read.
    public let origin: Origin

    /// The sorts of weaknesses, by weight.
    public enum Kind: String, Sendable, CaseIterable {
        /// The engine was told to make the container privileged.
        case privileged = "privileged"
        /// It had all capabilities.
        case allCapabilities = "all-capabilities"
        /// It shared namespaces with the host.
        case hostNamespace = "host-namespace"
        /// It could reach the socket of a container engine, and so command the host.
        case engineSocket = "engine-socket"
        /// A sensitive part of the host's file system was mounted into it.
        case hostPath = "host-path"
        /// It had capabilities that engines do not give by default, and whose rights reach beyond a container.
        case strongCapabilities = "strong-capabilities"
        /// It could use all devices of the host.
        case allDevices = "all-devices"
        /// No system call was filtered.
        case noSeccomp = "no-seccomp"
        /// AppArmor did not confine it.
        case noAppArmor = "no-apparmor"
        /// Nothing of /proc and /sys was hidden from it.
        case nothingMasked = "nothing-masked"
    }
}
