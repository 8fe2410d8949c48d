public import CheckpointModel
public import EvidenceText

/// A value of a checkpoint in a form in which values of any sort can be compared.
public enum Fact: Sendable {
    /// It does not apply.
    case none
    /// Why there is none.
    indirect case missing(Absence)
    /// Yes or no.
    case flag(Bool)
    /// A whole number.
    case number(FactNumber)
    /// A number with a fraction.
    case real(Double)
    /// A word of the tool's own.
    case word(String)
    /// Text of the evidence.
    case text(ByteText)
    /// Bytes that the checkpoint holds.
    indirect case content(Content)
    /// The id of a process. Processes that are matched count as the same whatever their ids.
    case process(Int)
    /// Values in a row.
    case list(FactList)
    /// Values with names.
    case record(FactRecord)

    /// A whole number.
    ///
    /// - Parameters:
    ///   - value: The number.
    ///   - notation: How it is written.
    public static func number(_ value: some FixedWidthInteger, _ notation: FactNumber.Notation = .decimal) -> Fact {
        .number(FactNumber(value, notation))
    }
}

/// A whole number, with the notation that people expect of it.
public struct FactNumber: Sendable, Hashable {
    /// How a number is written.
    public enum Notation: Sendable, Hashable {
        /// With decimal digits.
        case decimal
        /// With hexadecimal digits: an address, a mask.
        case hexadecimal
        /// With octal digits: permission bits.
        case octal
    }

    /// The number without its sign.
    public let magnitude: UInt64
    /// Whether it is below zero.
    public let isNegative: Bool
    /// How it is written.
    public let notation: Notation

    init(_ value: some FixedWidthInteger, _ notation: Notation) {
        magnitude = UInt64(truncatingIfNeeded: value.magnitude)
        isNegative = value < 0
        self.notation = notation
    }
}
