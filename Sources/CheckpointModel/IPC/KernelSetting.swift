public import EvidenceText

/// A setting of the kernel that a namespace has for itself.
public struct KernelSetting: Sendable {
    /// The name, as `sysctl` has it: `kernel.shmmax`, `net.ipv4.conf.eth0.forwarding`. It can have the name of a device in
    /// it, which is evidence.
    public let name: ByteText
    /// The value, as the file in /proc/sys has it.
    public let value: Known<ByteText>
    /// Where it was read.
    public let origin: Origin
}
