import CheckpointModel
import EvidenceText

/// A socket with what other images say of it: queues, peer, and who has it open.
struct SocketReport: Sendable {
    let checkpoint: Checkpoint
    let file: OpenFile
    let socket: Socket

    init?(_ file: OpenFile, _ checkpoint: Checkpoint) {
        guard let socket = file.socket else { return nil }
        (self.checkpoint, self.file, self.socket) = (checkpoint, file, socket)
    }

    /// The sockets in the order of the images.
    ///
    /// - Parameter pids: Only those that one of these processes has open; nil for all.
    static func all(_ checkpoint: Checkpoint, pids: Set<Int>?) -> [SocketReport] {
        checkpoint.files(usedBy: pids).compactMap { SocketReport($0, checkpoint) }
    }

    /// The state of a TCP connection.
    var stream: Known<TCPStream> { checkpoint.tcpStream(of: socket) }

    /// The messages that wait.
    var packets: [QueuedPacket] { checkpoint.queuedPackets(at: file) }

    /// Who has the socket open, or why it is there.
    var uses: [FileUse] { checkpoint.uses(of: file.reference) }

    /// The other end within the dump.
    var peer: OpenFile? { checkpoint.peer(of: file) }

    /// How many bytes wait to be read; nil if the images do not tell.
    var receiveQueue: UInt64? {
        switch socket.specifics {
        case .internet: stream.value?.received.size
        case .unix: socket.isListening ? nil : packets.reduce(0) { $0 &+ $1.content.size }
        case .netlink, .packet: nil
        }
    }

    /// How many bytes wait to be acknowledged; of a listening socket, how many connections may wait, as `ss` has it.
    var sendQueue: UInt64? {
        if isExternal { return nil }
        if let backlog = socket.backlog { return UInt64(backlog) }
        return stream.value?.sent.size
    }

    /// Whether it stands for a socket outside of the dump, of which CRIU knows the name only.
    var isExternal: Bool {
        guard case .unix(let unix) = socket.specifics else { return false }
        return unix.isExternal
    }

    // MARK: As text

    /// The state by name; none for a socket outside of the dump, since CRIU makes one up.
    var stateText: String? { isExternal ? nil : socket.stateName }

    /// The own address as text.
    var localText: String {
        switch socket.specifics {
        case .internet: scoped(socket.local.text)
        case .unix: named(socket.local.text, socket.inode)
        case .netlink(let netlink): netlinkName(socket.networkProtocol) + ":" + portText(netlink.portID)
        case .packet(let packet):
            etherName(socket.networkProtocol) + ":" + (packet.interfaceIndex == 0 ? "*" : "if\(packet.interfaceIndex)")
        }
    }

    /// The address of the peer as text.
    var peerText: String {
        switch socket.specifics {
        case .internet: return socket.remote.isSpecific ? socket.remote.text : "*"
        case .unix:
            guard let inode = socket.peerInode, inode != 0 else { return "*" }
            return named(peer?.socket?.local.text ?? "*", inode) + (isPeerExternal ? " (outside)" : "")
        case .netlink(let netlink): return netlink.peerPortID == 0 ? "kernel" : portText(netlink.peerPortID)
        case .packet: return "*"
        }
    }

    /// Who has it open as text: processes and descriptors, or why it is in the images.
    var holderText: String {
        let holders = uses.map { use in
            guard case .descriptor(let pid, let number) = use else { return use.text }
            let name = checkpoint.process(pid)?.name.value?.forTerminal ?? "?"
            return "\(name)(\(pid),fd=\(number))"
        }
        return holders.isEmpty ? "-" : holders.joined(separator: " ")
    }

    /// Whether the peer is outside of the dump.
    var isPeerExternal: Bool {
        guard let peerInode = socket.peerInode, peerInode != 0 else { return false }
        guard case .unix(let unix) = peer?.socket?.specifics else { return true }
        return unix.isExternal
    }

    private func named(_ address: String, _ inode: UInt32?) -> String {
        inode.map { "\(address) [\($0)]" } ?? address
    }

    private func scoped(_ address: String) -> String {
        guard case .internet(let internet) = socket.specifics else { return address }
        let device = internet.interface ?? socket.options.boundDevice
        return device.map { address + "%" + $0.forTerminal } ?? address
    }

    private func portText(_ port: UInt32) -> String { port == 0 ? "*" : String(port) }
}

extension Checkpoint {
    /// The open files that one of several processes uses, in the order of the images; nil for all files.
    func files(usedBy pids: Set<Int>?) -> [OpenFile] {
        guard let pids else { return files }
        return files.filter { file in uses(of: file.reference).contains { use in use.pid.map(pids.contains) == true } }
    }
}

/// The name of a netlink protocol (`NETLINK_*`), or its number.
func netlinkName(_ number: UInt32?) -> String {
    let names = [
        "route", "unused", "usersock", "firewall", "sock_diag", "nflog", "xfrm", "selinux", "iscsi", "audit",
        "fib_lookup", "connector", "netfilter", "ip6_fw", "dnrtmsg", "uevent", "generic", "17", "scsitransport",
        "ecryptfs", "rdma", "crypto", "smc",
    ]
    guard let number else { return "?" }
    return Int(number) < names.count ? names[Int(number)] : String(number)
}

/// The name of an Ethernet protocol (`ETH_P_*`), or its number in hexadecimal.
func etherName(_ number: UInt32?) -> String {
    let names: [UInt32: String] = [
        0: "none", 3: "all", 0x0800: "ip", 0x0806: "arp", 0x8035: "rarp", 0x8100: "vlan", 0x86DD: "ipv6",
        0x8863: "pppoe-discovery", 0x8864: "pppoe", 0x888E: "eapol", 0x88CC: "lldp",
    ]
    guard let number else { return "?" }
    return names[number] ?? "0x" + String(number, radix: 16)
}
