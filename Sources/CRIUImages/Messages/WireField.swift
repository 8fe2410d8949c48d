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

/// Where one of the values of a repeated field is in a message of any type.
///
/// - Parameters:
///   - number: The number of the field.
///   - index: Which of its values, counted from 0.
///   - message: The bytes of the message.
/// - Returns: The offset of the value's tag in the message; nil if there are fewer before the first damage.
public func fieldOffset(_ number: UInt32, at index: Int, of message: ImageBytes) -> Int? {
    message.withUnsafeBytes { bytes in
        var cursor = WireCursor(bytes, 0..<bytes.count)
        var count = 0
        while let field = try? cursor.next() {
            guard field.number == number else { continue }
            if count == index { return field.start }
            count += 1
        }
        return nil
    }
}
