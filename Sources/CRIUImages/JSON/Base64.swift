internal import EvidenceText

/// Base64 in lines of 76 characters, each ended by a newline, as MIME and Python's `encodebytes` have it.
enum Base64 {
    private static let alphabet: StaticString = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    private static let lineBytes = 57

    /// Appends bytes to the inside of a JSON string: newlines come out as `\n`.
    static func append(_ bytes: UnsafeRawBufferPointer, to out: OutputBuffer) {
        var start = 0
        while start < bytes.count {
            let end = min(start + lineBytes, bytes.count)
            appendLine(UnsafeRawBufferPointer(rebasing: bytes[start..<end]), to: out)
            start = end
        }
    }

    private static func appendLine(_ line: UnsafeRawBufferPointer, to out: OutputBuffer) {
        let letters = alphabet.utf8Start
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 80) { text in
            var count = 0
            var index = 0
            while index < line.count {
                let left = line.count - index
                let second = left > 1 ? UInt32(line[index + 1]) : 0
                let third = left > 2 ? UInt32(line[index + 2]) : 0
                let bits = UInt32(line[index]) << 16 | second << 8 | third
                text[count] = letters[Int(bits >> 18)]
                text[count + 1] = letters[Int(bits >> 12 & 63)]
                text[count + 2] = left > 1 ? letters[Int(bits >> 6 & 63)] : 0x3D
                text[count + 3] = left > 2 ? letters[Int(bits & 63)] : 0x3D
                count += 4
                index += 3
            }
            text[count] = 0x5C
            text[count + 1] = 0x6E
            out.append(bytes: UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(text)[..<(count + 2)]))
        }
    }

    /// The value of each letter, and 64 for bytes that are not of the alphabet. 256 bytes that are never changed or freed.
    nonisolated(unsafe) static let values: UnsafePointer<UInt8> = {
        let table = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
        table.initialize(repeating: 64, count: 256)
        for value in 0..<64 { table[Int(alphabet.utf8Start[value])] = UInt8(value) }
        return UnsafePointer(table)
    }()
}
