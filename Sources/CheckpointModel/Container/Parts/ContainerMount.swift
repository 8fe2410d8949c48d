public import EvidenceText

/// Something that was mounted into a container, as the engine planned it.
public struct ContainerMount: Sendable {
    /// Where it was mounted, in the container.
    public let destination: Known<ByteText>
    /// What was mounted: a path of the host for a bind mount, else often the type once more.
    public let source: Known<ByteText>
    /// The type of file system; `bind` for a piece of the host's.
    public let type: Known<ByteText>
    /// The options.
    public let options: Known<[ByteText]>
    /// The name of the volume that it is; missing as not applicable if it is none.
    public let volume: Known<ByteText>
    /// What the source was: `directory` or `file`. CRI-O alone records it.
    public let fileType: Known<ByteText>
    /// The permissions of the source. CRI-O alone records them.
    public let permissions: Known<UInt64>
    /// Where it was read.
    public let origin: Origin

    /// Whether it is a piece of the host's file system.
    public var isBind: Bool {
        if type.value == "bind" { return true }
        return (options.value ?? []).contains { $0 == "bind" || $0 == "rbind" }
    }

    /// Whether it can be written to; nil if the options are not known.
    public var isWritable: Bool? { options.value.map { !$0.contains("ro") } }
}
