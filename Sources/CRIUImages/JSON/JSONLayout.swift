internal import EvidenceText

/// Writes the punctuation of JSON objects and arrays, on one line or indented by 4, as Python's `json` module does.
struct JSONLayout: ~Copyable {
    let out: OutputBuffer
    let isPretty: Bool
    private var depth = 0
    /// Whether the innermost object or array has no member yet.
    private var isEmpty = true

    init(_ out: OutputBuffer, isPretty: Bool) {
        self.out = out
        self.isPretty = isPretty
    }

    mutating func open(_ bracket: UInt8) {
        out.append(bracket)
        depth += 1
        isEmpty = true
    }

    mutating func close(_ bracket: UInt8) {
        depth -= 1
        if isPretty && !isEmpty { newLine() }
        out.append(bracket)
        isEmpty = false
    }

    /// Begins a member of an array, or the key of an object.
    mutating func member() {
        if !isEmpty { out.append(0x2C) }
        if isPretty {
            newLine()
        } else if !isEmpty {
            out.append(0x20)
        }
        isEmpty = false
    }

    /// Begins a member of an object with the key of a field.
    mutating func member(_ field: FieldSchema) {
        member()
        let key = field.key
        if key.count <= 32, let text = key.baseAddress {
            out.append(padded: text, count: key.count)
        } else {
            out.append(bytes: key)
        }
    }

    /// Begins a member of an object with a key that needs no escape.
    mutating func member(_ key: StaticString) {
        member()
        out.append(0x22)
        out.append(key)
        out.append("\": ")
    }

    private func newLine() {
        out.append(0x0A)
        out.append(spaces: depth * 4)
    }
}
