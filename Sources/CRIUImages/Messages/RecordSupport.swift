internal import CCRIUSchema
internal import EvidenceText

/// Keeps a nested record out of line, so that a record with many optional parts stays small.
final class Box<Value: Sendable & Equatable>: Sendable, Equatable {
    let value: Value

    init(_ value: Value) {
        self.value = value
    }

    static func == (left: Box, right: Box) -> Bool {
        left === right || left.value == right.value
    }
}

/// The values of a repeated field.
func messages<Element>(_ base: UnsafeMutablePointer<Element>?, _ count: Int) -> UnsafeBufferPointer<Element> {
    UnsafeBufferPointer(start: base, count: base == nil ? 0 : count)
}

extension ByteText {
    init(_ data: ProtobufCBinaryData) {
        self.init([UInt8](data))
    }
}

extension [UInt8] {
    init(_ data: ProtobufCBinaryData) {
        self.init(UnsafeBufferPointer(start: data.data, count: data.data == nil ? 0 : data.len))
    }
}
