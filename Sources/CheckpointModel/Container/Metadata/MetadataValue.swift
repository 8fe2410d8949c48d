internal import EvidenceText

/// A value of JSON that a container engine wrote.
///
/// Numbers are kept as they are written, so that none is rounded; text is kept as bytes, so that none is lost.
enum MetadataValue: Sendable, Equatable {
    case null
    case flag(Bool)
    case number(String)
    case text(ByteText)
    case list([MetadataValue])
    case object([MetadataMember])
}

/// A member of a JSON object.
struct MetadataMember: Sendable, Equatable {
    let key: ByteText
    let value: MetadataValue
}
