public import EvidenceText

/// A binary format for which an interpreter is registered (binfmt_misc).
public struct BinaryFormat: Sendable {
    /// The name under which it is registered.
    public let name: ByteText
    /// Whether the kernel makes use of it.
    public let isEnabled: Bool
    /// The path of the program that runs such files.
    public let interpreter: ByteText
    /// The flags of the registration, as letters.
    public let flags: ByteText?
    /// The file name extension that such files have; nil if they are known by their content.
    public let fileExtension: ByteText?
    /// The bytes that such files have, in hexadecimal; nil if they are known by their names.
    public let magic: ByteText?
    /// Which bits of the bytes count, in hexadecimal; nil if all do.
    public let mask: ByteText?
    /// Where in a file the bytes are; nil if they are at the beginning.
    public let offset: Int32?
    /// Where it was read.
    public let origin: Origin
}
