/// IPv4 and IPv6 addresses as text, in the short form of RFC 5952 but without dotted quads in IPv6.
public enum IPAddressText {
    /// The text of an address in one or four words, the first of which holds the leading part.
    public static func text(of words: [UInt32]) -> String {
        guard words.count == 4 else {
            return (0..<4).map { String(words[0] >> UInt32(24 - $0 * 8) & 0xFF) }.joined(separator: ".")
        }
        let groups = words.flatMap { [UInt16($0 >> 16), UInt16(truncatingIfNeeded: $0)] }
        let run = longestZeroRun(groups)
        guard run.count > 1 else { return hexadecimal(groups[...]) }
        return hexadecimal(groups[..<run.lowerBound]) + "::" + hexadecimal(groups[run.upperBound...])
    }

    private static func hexadecimal(_ groups: ArraySlice<UInt16>) -> String {
        groups.map { String($0, radix: 16) }.joined(separator: ":")
    }

    private static func longestZeroRun(_ groups: [UInt16]) -> Range<Int> {
        var best = 0..<0
        var start = 0
        for index in 0...groups.count where index == groups.count || groups[index] != 0 {
            if index - start > best.count { best = start..<index }
            start = index + 1
        }
        return best
    }

    /// The words of an address, or nil if the text is none.
    public static func words(of text: String) -> [UInt32]? {
        text.contains(":") ? ipv6Words(text) : ipv4Word(text).map { [$0] }
    }

    private static func ipv4Word(_ text: String) -> UInt32? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var word: UInt32 = 0
        for part in parts {
            // The standard library would take a sign.
            guard part.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let value = UInt8(part) else { return nil }
            word = word << 8 | UInt32(value)
        }
        return word
    }

    private static func ipv6Words(_ text: String) -> [UInt32]? {
        let halves = text.split(separator: "::", maxSplits: 1, omittingEmptySubsequences: false)
        let isShortened = halves.count == 2
        guard let head = groups(halves[0], isLast: !isShortened) else { return nil }
        guard let tail = isShortened ? groups(halves[1], isLast: true) : [] else { return nil }
        let missing = 8 - head.count - tail.count
        guard isShortened ? missing > 0 : missing == 0 else { return nil }
        let all = head + Array(repeating: 0, count: missing) + tail
        return (0..<4).map { UInt32(all[$0 * 2]) << 16 | UInt32(all[$0 * 2 + 1]) }
    }

    /// The groups of a part of an address; the last part may end in an IPv4 address, as newer versions of Python write it.
    private static func groups(_ text: Substring, isLast: Bool) -> [UInt16]? {
        guard !text.isEmpty else { return [] }
        var parts = text.split(separator: ":", omittingEmptySubsequences: false)
        var quad: [UInt16] = []
        if isLast, parts[parts.count - 1].contains(".") {
            guard let word = ipv4Word(String(parts.removeLast())) else { return nil }
            quad = [UInt16(word >> 16), UInt16(truncatingIfNeeded: word)]
        }
        var groups: [UInt16] = []
        for part in parts {
            guard part.count <= 4, part.utf8.allSatisfy({ $0.hexadecimalValue != nil }) else { return nil }
            guard let value = UInt16(part, radix: 16) else { return nil }
            groups.append(value)
        }
        return groups + quad
    }
}

/// The text of an IP address of 4 or 16 bytes in network order. IPv4 addresses in IPv6 are in dotted quads, as `ss` prints
/// them (`::ffff:127.0.0.1`), unlike those of ``IPAddressText``, which are as the images' JSON has them.
///
/// - Precondition: There are 4 or 16 bytes.
public func ipText(_ bytes: [UInt8]) -> String {
    let mapped: [UInt8] = Array(repeating: 0, count: 10) + [0xFF, 0xFF]
    if bytes.count == 16, bytes.starts(with: mapped) { return "::ffff:" + ipText(Array(bytes[12...])) }
    return IPAddressText.text(
        of: stride(from: 0, to: bytes.count, by: 4).map { start in
            bytes[start..<(start + 4)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        })
}
