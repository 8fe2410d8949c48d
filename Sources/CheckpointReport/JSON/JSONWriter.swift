import CheckpointModel
import EvidenceText
import FoundationEssentials

/// Writes JSON that loses nothing: missing values carry their reason, numbers that JavaScript would round are strings,
/// bytes that are not UTF-8 can be restored, and every reader takes it (RFC 7493).
///
/// A missing value is `null`, and its reason stands under the same key in an object `missing` at the end of the object
/// that lacks it.
struct JSONWriter: ~Copyable {
    /// How a document is written.
    struct Options: Sendable {
        /// Which parts are written.
        var parts = DocumentPart.all
        /// Whether environment values, arguments and contents are masked.
        var redacts = false
        /// Whether each record gets a line of its own.
        var writesLines = false
    }

    private var layout: JSONLayout
    private let options: Options
    /// What the objects that are being written lack, the innermost last.
    private var missing: [[(key: StaticString, absence: Absence)]] = []

    init(_ out: OutputBuffer, _ options: Options) {
        layout = JSONLayout(out, indent: options.writesLines ? nil : 2)
        self.options = options
    }

    private var out: OutputBuffer { layout.out }

    /// Whether environment values, arguments and contents are masked.
    var redacts: Bool { options.redacts }

    /// Whether each record gets a line of its own.
    var writesLines: Bool { options.writesLines }

    /// Whether a member of a part is written.
    func includes(_ part: DocumentPart?) -> Bool { part.map { !options.parts.isDisjoint(with: $0) } ?? true }

    // MARK: Structure

    /// Writes an object.
    mutating func object(_ body: (inout JSONWriter) -> Void) {
        layout.open(0x7B)
        missing.append([])
        body(&self)
        let lacking = missing.removeLast()
        if !lacking.isEmpty { writeMissing(lacking) }
        layout.close(0x7D)
    }

    /// Begins a member of an object; its value is to follow.
    mutating func key(_ key: StaticString) { layout.member(key) }

    /// Begins a member whose key is not known before.
    mutating func key(text key: String) {
        layout.member()
        value(key)
        out.append(": ")
    }

    /// Writes an array as a value, one element for each value.
    mutating func elements<Values: Sequence>(_ values: Values, _ body: (inout JSONWriter, Values.Element) -> Void) {
        elements { json in
            for value in values { json.element { json in body(&json, value) } }
        }
    }

    /// Writes an array as a value.
    ///
    /// - Parameter body: Writes the elements, each within ``element(_:)``.
    mutating func elements(_ body: (inout JSONWriter) -> Void) {
        layout.open(0x5B)
        body(&self)
        layout.close(0x5D)
    }

    /// Writes an element of an array.
    mutating func element(_ body: (inout JSONWriter) -> Void) {
        layout.member()
        body(&self)
    }

    private mutating func writeMissing(_ lacking: [(key: StaticString, absence: Absence)]) {
        layout.member("missing")
        layout.open(0x7B)
        for (key, absence) in lacking {
            layout.member(key)
            layout.open(0x7B)
            layout.member("reason")
            out.append(jsonString: absence.reason.rawValue)
            layout.member("detail")
            value(ByteText(absence.detail))
            layout.close(0x7D)
        }
        layout.close(0x7D)
    }

    /// Writes a member that may be missing.
    mutating func known<Value>(_ key: StaticString, _ value: Known<Value>, _ body: (inout JSONWriter, Value) -> Void) {
        layout.member(key)
        switch value {
        case .value(let value): body(&self, value)
        case .missing(let absence):
            null()
            missing[missing.count - 1].append((key, absence))
        }
    }

    // MARK: Values

    /// Writes text of the evidence: a string, or, if the bytes are not UTF-8, an object with the text as far as it can be
    /// read and the bytes in hexadecimal.
    mutating func value(_ text: ByteText) {
        if text.string != nil { return out.append(jsonString: text) }
        layout.open(0x7B)
        layout.member("text")
        out.append(jsonString: String(decoding: text.bytes, as: UTF8.self))
        layout.member("hex")
        value(hexadecimalText(text.bytes))
        layout.close(0x7D)
    }

    mutating func value(_ text: String) { out.append(jsonString: text) }

    mutating func value(_ flag: Bool) { out.append(flag ? "true" : "false") }

    mutating func value(_ number: Double) { out.append(string: number.isFinite ? String(number) : "null") }

    mutating func null() { out.append("null") }

    /// Writes a whole number; beyond 2^53, which JavaScript would round, as a string.
    mutating func integer(_ number: some FixedWidthInteger) {
        let isRounded = number.magnitude >= 1 << 53
        if isRounded { out.append(0x22) }
        if number < 0 { out.append(0x2D) }
        out.append(decimal: UInt64(truncatingIfNeeded: number.magnitude))
        if isRounded { out.append(0x22) }
    }

    /// Writes a number in hexadecimal, as a string.
    mutating func hexadecimal(_ number: UInt64) {
        out.append("\"0x")
        out.append(hexadecimal: number)
        out.append("\"")
    }

    /// Writes bytes in base64, as a string.
    mutating func base64(_ bytes: [UInt8]) { value(Data(bytes).base64EncodedString()) }

    // MARK: Members

    mutating func member(_ key: StaticString, _ text: String) {
        layout.member(key)
        value(text)
    }

    mutating func member(_ key: StaticString, _ flag: Bool) {
        layout.member(key)
        value(flag)
    }

    mutating func member(_ key: StaticString, count number: UInt64) {
        layout.member(key)
        integer(number)
    }
}
