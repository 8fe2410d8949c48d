/// Where the value of a length-delimited field is in a message of any type.
///
/// - Returns: The range of the last field with the number; nil if there is none before the first damage.
public func lengthDelimitedField(_ number: UInt32, of message: ImageBytes) -> Range<Int>? {
    message.withUnsafeBytes { bytes in
        var cursor = WireCursor(bytes, 0..<bytes.count)
        var found: Range<Int>?
        while let field = try? cursor.next() {
            if field.number == number, field.wireType == .lengthDelimited { found = field.value }
        }
        return found
    }
}
