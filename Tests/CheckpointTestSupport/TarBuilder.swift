/// Writes a tar (POSIX ustar, with GNU's and POSIX's extensions) by hand, with whatever names a test wants.
public struct TarBuilder: Sendable {
    /// The members so far, without the blocks of zeros that end an archive.
    public private(set) var bytes: [UInt8] = []
    /// The permission bits of what is added.
    public var mode = 0o644
    /// The user and group that own what is added.
    public var owner = (user: 0, group: 0)

    /// Begins without members.
    public init() {}

    /// The whole archive.
    public var archive: [UInt8] { bytes + Array(repeating: 0, count: 1024) }

    /// Appends a regular file.
    public mutating func add(_ name: String, _ content: [UInt8]) {
        appendHeader(name, size: content.count, type: "0")
        append(content: content)
    }

    /// Appends a symbolic link.
    public mutating func add(_ name: String, linkTo target: String) {
        appendHeader(name, size: 0, type: "2", link: target)
    }

    /// Appends another name of a member.
    public mutating func add(_ name: String, sameAs other: String) {
        appendHeader(name, size: 0, type: "1", link: other)
    }

    /// Appends a folder.
    public mutating func add(folder name: String) {
        appendHeader(name, size: 0, type: "5")
    }

    /// Appends a character device, a block device (`4`), or a FIFO (`6`).
    public mutating func add(device name: String, type: String = "3", major: Int = 0, minor: Int = 0) {
        appendHeader(name, size: 0, type: type, major: major, minor: minor)
    }

    /// Appends what POSIX has before a member whose name or times do not fit into its header.
    public mutating func add(records: [(key: String, value: String)]) {
        let text = records.map { record in
            let rest = " \(record.key)=\(record.value)\n"
            var length = rest.utf8.count + 1
            while String(length).utf8.count + rest.utf8.count != length { length += 1 }
            return "\(length)" + rest
        }.joined()
        appendHeader("PaxHeader", size: text.utf8.count, type: "x")
        append(content: Array(text.utf8))
    }

    /// Appends what GNU has before a member with a long name.
    public mutating func add(longName name: String) {
        appendHeader("././@LongLink", size: name.utf8.count + 1, type: "L")
        append(content: Array(name.utf8) + [0])
    }

    /// Appends a file with one piece of content behind a hole, as GNU has it.
    public mutating func add(sparse name: String, size: Int, at offset: Int, _ content: [UInt8]) {
        appendHeader(name, size: content.count, type: "S") { put in
            put(octal(offset, 11), 386)
            put(octal(content.count, 11), 398)
            put(octal(size, 11), 483)
        }
        append(content: content)
    }

    private mutating func append(content: [UInt8]) {
        bytes += content
        bytes += Array(repeating: 0, count: (512 - content.count % 512) % 512)
    }

    private mutating func appendHeader(
        _ name: String, size: Int, type: String, link: String = "", major: Int = 0, minor: Int = 0,
        more: ((String, Int) -> Void) -> Void = { _ in }
    ) {
        var header = [UInt8](repeating: 0, count: 512)
        func put(_ text: String, _ offset: Int) {
            header.replaceSubrange(offset..<(offset + text.utf8.count), with: text.utf8)
        }
        put(name, 0)
        put(octal(mode, 7), 100)
        put(octal(owner.user, 7), 108)
        put(octal(owner.group, 7), 116)
        put(octal(size, 11), 124)
        put(octal(1_700_000_000, 11), 136)
        put("        ", 148)
        put(type, 156)
        put(link, 157)
        put(type == "S" ? "ustar  " : "ustar\u{0}00", 257)
        put(octal(major, 7), 329)
        put(octal(minor, 7), 337)
        more(put)
        // The sum is made with blanks in its own place.
        put(octal(header.reduce(0) { $0 + Int($1) }, 6), 148)
        header[154] = 0
        bytes += header
    }
}

private func octal(_ value: Int, _ digits: Int) -> String {
    let text = String(value, radix: 8)
    return String(repeating: "0", count: digits - text.count) + text
}
