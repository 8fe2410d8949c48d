import CheckpointModel
import EvidenceText

extension Socket {
    /// The socket in a line: protocol, own address, peer, state. Names are escaped for a terminal.
    var summary: String {
        var parts = [protocolName]
        if local != .none || remote != .none || family == 2 || family == 10 { parts.append(local.text) }
        if remote.isSpecific { parts += ["->", remote.text] }
        if let peerInode, peerInode != 0 { parts.append("-> [\(peerInode)]") }
        if let state = stateName { parts.append(state) }
        return parts.joined(separator: " ")
    }

    /// The protocol as users know it: `tcp`, `udp6`, `unix-stream`, `netlink`.
    var protocolName: String {
        switch family {
        case 1: "unix-" + typeName
        case 2: inetName
        case 10: inetName + "6"
        case 16: "netlink"
        case 17: "packet"
        default: "family \(family)"
        }
    }

    private var inetName: String {
        if type == 3 { return "raw" }
        switch networkProtocol {
        case 6: return "tcp"
        case 17: return "udp"
        case 136: return "udplite"
        case 1: return "icmp"
        case 58: return "icmp"
        default: return "protocol-\(networkProtocol ?? 0)-ip"
        }
    }

    private var typeName: String {
        switch type {
        case 1: "stream"
        case 2: "dgram"
        case 5: "seqpacket"
        default: String(type)
        }
    }

    /// The state by TCP's name, where the socket has one that means something.
    var stateName: String? {
        let names: [UInt32: String] = [
            1: "ESTABLISHED", 2: "SYN_SENT", 3: "SYN_RECV", 4: "FIN_WAIT1", 5: "FIN_WAIT2", 6: "TIME_WAIT", 7: "CLOSE",
            8: "CLOSE_WAIT", 9: "LAST_ACK", 10: "LISTEN", 11: "CLOSING", 12: "NEW_SYN_RECV",
        ]
        return state.flatMap { names[$0] }
    }
}

extension SocketAddress {
    /// The address as text, escaped for a terminal: `127.0.0.1:80`, `[::1]:80`, a path, `@name`.
    var text: String {
        switch self {
        case .none: "*"
        case .ip(let bytes, let port): (bytes.count == 4 ? "\(ipText(bytes))" : "[\(ipText(bytes))]") + ":\(port)"
        case .path(let path): path.forTerminal
        case .abstract(let name): "@" + name.forTerminal
        }
    }
}
