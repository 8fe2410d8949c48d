import CheckpointModel
import EvidenceText

/// A socket as a list in /proc/net has it.
struct SocketRow {
    let family: UInt32
    /// `SOCK_*`; nil where the list does not say.
    var type: UInt32?
    /// Nil where the list does not say.
    var networkProtocol: UInt32?
    /// Nil where the list does not say.
    var state: UInt32?
    var local = SocketAddress.none
    var remote = SocketAddress.none
}

extension Truth {
    /// The sockets of all lists, by inode number.
    func socketRows(isBigEndian: Bool) throws -> [UInt32: SocketRow] {
        var rows: [UInt32: SocketRow] = [:]
        for (list, networkProtocol) in inetProtocols {
            for line in socketLists["proc_net_" + list]?.dropFirst() ?? [] {
                let (inode, row) = try inetRow(line, list.hasSuffix("6"), networkProtocol, isBigEndian)
                rows[inode] = row
            }
        }
        for line in joined(socketLists["proc_net_unix"]?.dropFirst() ?? []) {
            let (inode, row) = try unixRow(line)
            rows[inode] = row
        }
        for line in socketLists["proc_net_netlink"]?.dropFirst() ?? [] {
            let fields = line.split(separator: " ")
            rows[UInt32(fields[9]) ?? 0] = SocketRow(family: 16, type: 3, networkProtocol: UInt32(fields[1]))
        }
        for line in socketLists["proc_net_packet"]?.dropFirst() ?? [] {
            let fields = line.split(separator: " ")
            rows[UInt32(fields[8]) ?? 0] = SocketRow(
                family: 17, type: UInt32(fields[2]), networkProtocol: UInt32(try UInt64(hexadecimalText: fields[3])))
        }
        rows[0] = nil
        return rows
    }

    /// The peers of Unix sockets as `ss` has them, by inode number.
    func unixPeers() -> [UInt32: UInt32] {
        let ends = (socketLists["ss"] ?? []).compactMap { line -> (UInt32, UInt32)? in
            // … Local Address:Port, inode, `*`, the peer's inode, and what does not matter here. A name can end in a
            // line of its own.
            let fields = line.split(separator: " ")
            guard let star = fields.lastIndex(of: "*"), star > 0, star + 1 < fields.count,
                let inode = UInt32(fields[star - 1]), let peer = UInt32(fields[star + 1])
            else { return nil }
            return (inode, peer)
        }
        return Dictionary(ends, uniquingKeysWith: { first, _ in first })
    }
}

/// The lists of IP sockets and their protocols; a raw socket's protocol is its local port.
private let inetProtocols: [(String, UInt32?)] = [
    ("tcp", 6), ("tcp6", 6), ("udp", 17), ("udp6", 17), ("udplite", 136), ("raw", nil),
]

private func inetRow(
    _ line: String, _ isVersion6: Bool, _ networkProtocol: UInt32?, _ isBigEndian: Bool
) throws -> (UInt32, SocketRow) {
    let fields = line.split(separator: " ")
    let local = try address(fields[1], isBigEndian)
    var row = SocketRow(family: isVersion6 ? 10 : 2)
    row.state = UInt32(try UInt64(hexadecimalText: fields[3]))
    row.networkProtocol = networkProtocol
    if case .ip(_, let port) = local, networkProtocol == nil { row.networkProtocol = port }
    row.local = local
    row.remote = try address(fields[2], isBigEndian)
    return (UInt32(fields[9]) ?? 0, row)
}

/// Reads `0100007F:1F90`: the words of the address as the machine has them in memory, printed as numbers.
private func address(_ text: Substring, _ isBigEndian: Bool) throws -> SocketAddress {
    let parts = text.split(separator: ":")
    let bytes = try [UInt8](hexadecimalText: String(parts[0]))
    let words = stride(from: 0, to: bytes.count, by: 4).map { bytes[$0..<($0 + 4)] }
    let ordered = words.flatMap { isBigEndian ? Array($0) : $0.reversed() }
    return .ip(ordered, port: UInt32(try UInt64(hexadecimalText: parts[1])))
}

/// The lines of a list with those put together again that a newline in a name has parted.
private func joined(_ lines: some Sequence<String>) -> [String] {
    lines.reduce(into: []) { result, line in
        if line.prefix(17).hasSuffix(":") { result.append(line) } else { result[result.count - 1] += "\n" + line }
    }
}

private func unixRow(_ line: String) throws -> (UInt32, SocketRow) {
    // Num RefCount Protocol Flags Type St Inode Path; only the path can have spaces, and it can be missing.
    let fields = line.split(separator: " ", maxSplits: 7)
    let isListening = fields[3] == "00010000"
    let states: [Substring: UInt32] = ["01": 7, "03": 1]
    var row = SocketRow(family: 1, type: UInt32(fields[4]))
    row.state = isListening ? 10 : states[fields[5]]
    row.local = fields.count > 7 ? unixAddress(String(fields[7])) : .none
    return (UInt32(fields[6]) ?? 0, row)
}

/// The name of a Unix socket, in which `@` stands for a first NUL and `\xff` for that byte, which is not UTF-8.
private func unixAddress(_ name: String) -> SocketAddress {
    let parts = name.split(separator: "\\xff", omittingEmptySubsequences: false)
    let bytes = Array(parts.map { Array($0.utf8) }.joined(separator: [0xFF]))
    return bytes.first == 0x40 ? .abstract(ByteText(Array(bytes.dropFirst()))) : .path(ByteText(bytes))
}
