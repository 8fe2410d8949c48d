/// Writes a tar (POSIX ustar) by hand, with whatever names a test wants.
public struct TarBuilder: Sendable {
    /// The members so far, without the blocks of zeros that end an archive.
    public private(set) var bytes: [UInt8] = []

    /// Begins without members.
    public init() {}

    /// The whole archive.
    public var archive: [UInt8] { bytes + Array(repeating: 0, count: 1024) }

    /// Appends a regular file.
    public mutating func add(_ name: String, _ content: [UInt8]) {
        appendHeader(name, size: content.count, type: "0", link: "")
        bytes += content
        bytes += Array(repeating: 0, count: (512 - content.count % 512) % 512)
    }

    /// Appends a symbolic link.
    public mutating func add(_ name: String, linkTo target: String) {
        appendHeader(name, size: 0, type: "2", link: target)
    }

    /// Appends a device node.
    public mutating func add(device name: String) {
        appendHeader(name, size: 0, type: "3", link: "")
    }

    private mutating func appendHeader(_ name: String, size: Int, type: String, link: String) {
        var header = [UInt8](repeating: 0, count: 512)
        func put(_ text: String, at offset: Int) {
            header.replaceSubrange(offset..<(offset + text.utf8.count), with: text.utf8)
        }
        func octal(_ value: Int, _ digits: Int) -> String {
            let text = String(value, radix: 8)
            return String(repeating: "0", count: digits - text.count) + text
        }
        put(name, at: 0)
        put(octal(0o644, 7), at: 100)
        put(octal(0, 7), at: 108)
        put(octal(0, 7), at: 116)
        put(octal(size, 11), at: 124)
        put(octal(1_700_000_000, 11), at: 136)
        put("        ", at: 148)
        put(type, at: 156)
        put(link, at: 157)
        put("ustar", at: 257)
        put("00", at: 263)
        // The sum is made with blanks in its own place.
        put(octal(header.reduce(0) { $0 + Int($1) }, 6), at: 148)
        header[154] = 0
        bytes += header
    }
}
