/// How an image is written as JSON, in the form that CRIU's own tool made common.
///
/// `{"magic": KIND, "entries": [...]}`, keys in the order of the field numbers, only fields that are present, bytes as
/// base64 in lines of 76, an entry's payload under `extra`. What that form has no place for is added only where it
/// occurs, so that encoding gives the image back byte for byte:
/// - `unknown_fields` at the end of a message: fields that the schema does not have;
/// - `padding` after `extra`, or in the description of a queued message: filler that is not zero;
/// - `framing` before `entries`: `"old"` for images without the lead word or size that their kind has today.
///
/// The order of bytes has no place in it: to encode for a big-endian machine, say so.
public struct ImageJSONOptions: Sendable {
    /// Several lines with an indent of 4, and numbers shown as the schema hints: hexadecimal, flags, addresses, names.
    public var isPretty: Bool
    /// Whether payloads are written; if not, `extra` tells their size.
    public var showsPayload: Bool

    /// Makes options.
    ///
    /// - Parameters:
    ///   - isPretty: Several lines, and numbers as the schema hints.
    ///   - showsPayload: Whether payloads are written out.
    public init(isPretty: Bool = false, showsPayload: Bool = true) {
        self.isPretty = isPretty
        self.showsPayload = showsPayload
    }
}
