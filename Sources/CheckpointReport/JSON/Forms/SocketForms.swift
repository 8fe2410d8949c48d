import CheckpointModel
import EvidenceText

extension Forms {
    /// A socket.
    static let socket = Form<SocketReport>.object(
        "socket", "A socket.",
        [
            .must("id", .integer.aside, "The file's id in the images.") { $0.file.id },
            .must("protocol", .string, "The protocol.") { $0.socket.protocolName },
            .must("family", .integer, "The address family (AF_*).") { $0.socket.family },
            .must("type", .integer, "The type (SOCK_*).") { $0.socket.type },
            .optional("protocol_number", .integer, "The protocol, of the family's numbers.") {
                $0.socket.networkProtocol
            },
            .optional("state", .string, "The state, by TCP's name.") { $0.stateText },
            .optional("state_number", .integer, "The state, as the image has it.") { $0.socket.state },
            .optional("inode", .integer.aside, "Its inode number.") { $0.socket.inode },
            .optional("local", address, "Its own address.") { $0.socket.local.ifAny },
            .optional("remote", address, "The address of its peer.") { $0.socket.remote.ifAny },
            .optional("peer_inode", .integer.aside, "The inode number of a Unix socket's peer; 0 if it has none.") {
                $0.socket.peerInode
            },
            .optional("peer_file", .integer.aside, "The id of the peer's file, if that is in the dump.") {
                $0.peer?.id
            },
            .must("peer_external", .flag, "Whether the peer is outside of the dump.") { $0.isPeerExternal },
            .must("uses", .list(use).aside, "Who has it open, or why it is there.") { $0.uses },
            .optional("receive_queue", .count, "How many bytes wait to be read.") { $0.receiveQueue }.derived,
            .optional("send_queue", .count, "How many bytes wait to be acknowledged.") { $0.stream.value?.sent.size }
                .derived,
            .optional("backlog", .integer, "How many connections may wait, if it listens.") { $0.socket.backlog },
            .must("shutdown", .strings, "The directions that were shut down.") { $0.socket.shutdown.names },
            .optional("network_namespace", .integer.aside, "CRIU's id of the network namespace.") {
                $0.socket.networkNamespaceID
            },
            .must("options", socketOptions, "The options of all sockets.") { $0.socket.options },
            .optional("internet", internetSocket, "What is particular to IP.") { $0.socket.specifics.internet },
            .optional("unix", unixSocket, "What is particular to Unix sockets.") { $0.socket.specifics.unix },
            .optional("netlink", netlinkSocket, "What is particular to netlink.") { $0.socket.specifics.netlink },
            .optional("packet", packetSocket, "What is particular to packet sockets.") { $0.socket.specifics.packet },
            .known("stream", tcpStream, "The state of a TCP connection, with its queues.") { $0.stream },
            .must("messages", .list(queuedPacket), "The messages that wait at a Unix socket.") { $0.packets },
            .must("origin", .origin, "Where it was read.") { $0.file.origin },
        ]
    ).identified(by: "id")

    private static let socketOptions = Form<SocketOptions>.object(
        "socket_options", "The options of level SOL_SOCKET.",
        [
            .must("enabled", .strings, "The options that are on.") { $0.enabled },
            .must("disabled", .strings, "The options that are off.") { $0.switches.filter { !$0.isOn }.map(\.name) },
            .must("send_buffer", .integer, "The send buffer in bytes.") { $0.sendBuffer },
            .must("receive_buffer", .integer, "The receive buffer in bytes.") { $0.receiveBuffer },
            .must("send_timeout", duration, "How long a send may wait; zero is without limit.") { $0.sendTimeout },
            .must("receive_timeout", duration, "How long a receive may wait; zero is without limit.") {
                $0.receiveTimeout
            },
            .optional("priority", .integer, "The priority of packets.") { $0.priority },
            .optional("receive_low_water", .integer, "How many bytes must have arrived.") { $0.receiveLowWater },
            .optional("mark", .hexadecimal, "The mark on packets.") { $0.mark },
            .optional("bound_device", .text, "The network device that it is bound to.") { $0.boundDevice },
            .optional("linger_seconds", .integer, "How long close waits for unsent data.") { $0.lingerSeconds },
            .optional("locked_buffers", .integer, "Which buffer sizes were fixed: 1 send, 2 receive.") {
                $0.lockedBuffers
            },
            .must("filter", .list(filterInstruction), "The classic BPF program that drops packets.") { $0.filter },
        ])

    private static let filterInstruction = Form<SocketOptions.FilterInstruction>.object(
        "filter_instruction", "An instruction of classic BPF.",
        [
            .must("code", .integer, "The operation.") { $0.code },
            .must("jump_true", .integer, "How many instructions to skip if a comparison holds.") { $0.jumpTrue },
            .must("jump_false", .integer, "How many to skip if it does not.") { $0.jumpFalse },
            .must("operand", .integer, "The operand.") { $0.operand },
        ])

    private static let queuedPacket = Form<QueuedPacket>.object(
        "message", "A message that waits at a Unix socket.",
        [
            .must("content", .content, "The bytes.") { $0.content },
            .must("files", .list(.integer.aside), "The ids of the files that were sent along.") { $0.rights },
            .must("other_control_types", .list(.integer), "The types of what else was sent along.") {
                $0.otherControlTypes
            },
            .must("origin", .origin, "Where it was read.") { $0.origin },
        ])
}

extension SocketShutdown {
    fileprivate var names: [String] {
        (contains(.receiving) ? ["receiving"] : []) + (contains(.sending) ? ["sending"] : [])
    }
}

extension SocketSpecifics {
    fileprivate var internet: InternetSocket? {
        guard case .internet(let socket) = self else { return nil }
        return socket
    }

    fileprivate var unix: UnixSocket? {
        guard case .unix(let socket) = self else { return nil }
        return socket
    }

    fileprivate var netlink: NetlinkSocket? {
        guard case .netlink(let socket) = self else { return nil }
        return socket
    }

    fileprivate var packet: PacketSocket? {
        guard case .packet(let socket) = self else { return nil }
        return socket
    }
}
