import CheckpointModel
import EvidenceText

/// Writes JSON that loses nothing: missing values carry their reason, numbers that JavaScript would round are strings,
/// bytes that are not UTF-8 can be restored.
///
/// A missing value is `null`, and its reason stands under the same key in an object `missing` at the end of the object
/// that lacks it.
struct JSONWriter: ~Copyable {
    private var layout: JSONLayout
    /// What the objects that are being written lack, the innermost last.
    private var missing: [[(key: StaticString, absence: Absence)]] = []

    init(_ out: OutputBuffer) {
        layout = JSONLayout(out, indent: 2)
    }

    private var out: OutputBuffer { layout.out }

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

    /// Writes a member that is an object.
    mutating func object(_ key: StaticString, _ body: (inout JSONWriter) -> Void) {
        layout.member(key)
        object(body)
    }

    /// Writes a member that is an array, one element for each value.
    mutating func array<Values: Sequence>(
        _ key: StaticString, _ values: Values, _ body: (inout JSONWriter, Values.Element) -> Void
    ) {
        layout.member(key)
        elements(values, body)
    }

    /// Writes an array as a value.
    mutating func elements<Values: Sequence>(_ values: Values, _ body: (inout JSONWriter, Values.Element) -> Void) {
        layout.open(0x5B)
        for value in values {
            layout.member()
            body(&self, value)
        }
        layout.close(0x5D)
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
            out.append(jsonString: absence.detail)
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
            out.append("null")
            missing[missing.count - 1].append((key, absence))
        }
    }

    // MARK: Values

    mutating func value(_ text: ByteText) { out.append(jsonString: text) }

    mutating func value(_ text: String) { out.append(jsonString: text) }

    mutating func value(_ number: Int) { out.append(decimal: Int64(number)) }

    /// Writes a number in hexadecimal, as a string.
    mutating func hexadecimal(_ number: UInt64) {
        out.append("\"0x")
        out.append(hexadecimal: number)
        out.append("\"")
    }

    /// Writes a count; beyond 2^53, which JavaScript would round, as a string.
    mutating func count(_ number: UInt64) {
        if number < 1 << 53 {
            out.append(decimal: number)
        } else {
            out.append("\"")
            out.append(decimal: number)
            out.append("\"")
        }
    }

    mutating func value(_ flag: Bool) { out.append(flag ? "true" : "false") }

    // MARK: Members

    mutating func member(_ key: StaticString, _ text: ByteText) {
        layout.member(key)
        value(text)
    }

    mutating func member(_ key: StaticString, _ text: String) {
        layout.member(key)
        value(text)
    }

    mutating func member(_ key: StaticString, _ number: Int) {
        layout.member(key)
        value(number)
    }

    mutating func member(_ key: StaticString, _ flag: Bool) {
        layout.member(key)
        value(flag)
    }

    mutating func member(_ key: StaticString, hexadecimal number: UInt64) {
        layout.member(key)
        hexadecimal(number)
    }

    mutating func member(_ key: StaticString, count number: UInt64) {
        layout.member(key)
        count(number)
    }
}
