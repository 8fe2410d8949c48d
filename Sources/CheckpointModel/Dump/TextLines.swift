internal import CRIUImages

/// The lines of a text, without the newlines.
struct TextLines {
    private let bytes: ImageBytes

    init(_ bytes: ImageBytes) {
        self.bytes = bytes
    }

    private static let newline = UInt8(ascii: "\n")

    /// Calls a function with each line, which is valid only during the call, and its number, counted from 1. A newline
    /// at the end begins no line.
    ///
    /// - Parameter start: Where the first line begins.
    func forEach(from start: Int = 0, _ body: (Int, UnsafeRawBufferPointer) -> Void) {
        bytes.withUnsafeBytes { text in
            var number = 1
            var start = start
            while start < text.count {
                let rest = text[start...]
                let end = rest.firstIndex(of: TextLines.newline) ?? text.count
                body(number, UnsafeRawBufferPointer(rebasing: text[start..<end]))
                number += 1
                start = end + 1
            }
        }
    }

    /// How many lines there are.
    var count: Int {
        bytes.withUnsafeBytes { text in
            let newlines = text.reduce(0) { $0 + ($1 == TextLines.newline ? 1 : 0) }
            return newlines + (text.last == TextLines.newline || text.isEmpty ? 0 : 1)
        }
    }

    /// Where the last lines begin.
    func start(ofLast limit: Int) -> Int {
        bytes.withUnsafeBytes { text in
            var start = text.last == TextLines.newline ? text.count - 1 : text.count
            var left = limit
            while left > 0 {
                guard let before = text[..<start].lastIndex(of: TextLines.newline) else { return 0 }
                start = before
                left -= 1
            }
            return min(start + 1, text.count)
        }
    }
}
