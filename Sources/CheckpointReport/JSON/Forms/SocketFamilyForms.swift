import CheckpointModel
import EvidenceText

/// What is particular to families of sockets.
extension Forms {
    /// Options of IP and TCP.
    static let internetSocket = Form<InternetSocket>.object(
        "internet_socket", "What is particular to a socket of IPv4 or IPv6.",
        [
            .optional("ipv6_only", .flag, "Whether an IPv6 socket refuses IPv4.") { $0.isIPv6Only },
            .optional("interface", .text, "The device that a link-local address belongs to.") { $0.interface },
            .optional("time_to_live", .integer, "The time to live of packets.") { $0.timeToLive },
            .optional("type_of_service", .integer, "The type of service of packets.") { $0.typeOfService },
            .must("options", .strings, "The options of level IP that are on.") { $0.options },
            .must("icmp_filter", .list(.hexadecimal), "The filter of ICMP types.") { $0.icmpFilter },
            .optional("cork", .flag, "Whether partial segments are held back.") { $0.tcp?.isCorked },
            .optional("no_delay", .flag, "Whether small segments are sent at once.") { $0.tcp?.hasNoDelay },
            .optional("keepalive_count", .integer, "How many probes may go unanswered.") { $0.tcp?.keepaliveCount },
            .optional("keepalive_idle", .integer, "Seconds before the first probe.") { $0.tcp?.keepaliveIdle },
            .optional("keepalive_interval", .integer, "Seconds between probes.") { $0.tcp?.keepaliveInterval },
        ])

    /// The file of a Unix socket.
    static let unixSocket = Form<UnixSocket>.object(
        "unix_socket", "What is particular to a Unix socket.",
        [
            .must("criu_marks", .strings, "CRIU's marks on it.") { $0.markNames },
            .optional("directory", .text, "What a relative path of its address starts from.") { $0.directory },
            .must("file_deleted", .flag, "Whether the file of its address was deleted.") { $0.isFileDeleted },
            .optional("mode", .octal, "Type and permission bits of that file.") { $0.permissions?.mode },
            .optional("uid", .integer, "The owner of that file.") { $0.permissions?.userID },
            .optional("gid", .integer, "The group of that file.") { $0.permissions?.groupID },
            .optional("mount_id", .integer.aside, "The mount of that file.") { $0.mountID },
        ])

    /// The addresses of a netlink socket.
    static let netlinkSocket = Form<NetlinkSocket>.object(
        "netlink_socket", "What is particular to a netlink socket.",
        [
            .must("port", .integer, "Its address; 0 if it is not bound.") { $0.portID },
            .must("peer_port", .integer, "The address that it is connected to; 0 is the kernel.") { $0.peerPortID },
            .must("peer_group", .integer, "The group that it is connected to; 0 for none.") { $0.peerGroup },
            .must("groups", .list(.integer), "The multicast groups that it joined, counted from 1.") { $0.groups },
        ])

    /// Rings and memberships of a packet socket.
    static let packetSocket = Form<PacketSocket>.object(
        "packet_socket", "What is particular to a packet socket.",
        [
            .must("interface_index", .integer, "The device that it is bound to; 0 means all.") { $0.interfaceIndex },
            .must("version", .integer, "The layout of ring frames: 0, 1, 2 are TPACKET_V1, V2, V3.") { $0.version },
            .must("reserve", .integer, "Headroom in the frames of the receive ring.") { $0.reserve },
            .must("options", .strings, "The options that are on.") { $0.options },
            .must("timestamp", .hexadecimal, "Where timestamps come from.") { $0.timestamp },
            .must("copy_threshold", .integer, "Not 0 if large frames are also queued whole.") { $0.copyThreshold },
            .must("memberships", .list(membership), "Addresses and modes asked of devices.") { $0.memberships },
            .optional("fanout_group", .integer, "The group among whose sockets frames are shared.") { $0.fanout?.id },
            .optional("fanout_method", .integer, "How a socket of it is chosen.") { $0.fanout?.method },
            .optional("receive_ring", ring, "The receive ring.") { $0.receiveRing },
            .optional("send_ring", ring, "The send ring.") { $0.sendRing },
        ])

    private static let membership = Form<PacketSocket.Membership>.object(
        "packet_membership", "An address or mode asked of a network device.",
        [
            .must("interface_index", .integer, "The device.") { $0.interfaceIndex },
            .must("type", .string, "What is asked; else its number.") { $0.typeName ?? String($0.type) },
            .must("address", .bytes, "The hardware address.") { $0.address },
        ])

    private static let ring = Form<PacketSocket.Ring>.object(
        "packet_ring", "A ring buffer shared between a packet socket and its program.",
        [
            .must("block_size", .integer, "The size of a block in bytes.") { $0.blockSize },
            .must("block_count", .integer, "How many blocks.") { $0.blockCount },
            .must("frame_size", .integer, "The size of a frame in bytes.") { $0.frameSize },
            .must("frame_count", .integer, "How many frames.") { $0.frameCount },
            .must("retire_milliseconds", .integer, "When a block that is not full is handed over.") {
                $0.retireMilliseconds
            },
            .must("private_bytes", .integer, "What of each block is left to the program.") { $0.privateBytes },
            .must("features", .hexadecimal, "Bits of requested features.") { $0.features },
        ])

    /// A TCP connection.
    static let tcpStream = Form<TCPStream>.object(
        "tcp_stream", "The state of a TCP connection.",
        [
            .must("received", .content, "The bytes that wait to be read.") { $0.received },
            .must("sent", .content, "The bytes that the peer had not acknowledged.") { $0.sent },
            .optional("unsent_bytes", .integer, "How many of them were not sent yet.") { $0.unsentCount },
            .must("receive_sequence", .integer, "The sequence number expected next.") { $0.receiveSequence },
            .must("send_sequence", .integer, "The sequence number behind the last byte written.") { $0.sendSequence },
            .must("maximum_segment", .integer, "The largest segment in bytes.") { $0.maximumSegment },
            .must("options", .strings, "The options agreed upon.") { $0.optionNames },
            .must("send_scale", .integer, "The window scale of the peer.") { $0.sendScale },
            .optional("receive_scale", .integer, "The window scale announced to the peer.") { $0.receiveScale },
            .optional("timestamp", .integer.aside, "The timestamp clock.") { $0.timestamp },
            .optional("window", tcpWindow, "The windows.") { $0.window },
            .must("origin", .origin, "Where it was read.") { $0.origin },
        ])

    private static let tcpWindow = Form<TCPStream.Window>.object(
        "tcp_window", "The windows of a TCP connection.",
        [
            .must("send", .integer, "What the peer announced, in bytes.") { $0.send },
            .must("send_update", .integer, "The segment that last changed it.") { $0.sendUpdate },
            .must("maximum", .integer, "The most that the peer ever announced.") { $0.maximum },
            .must("receive", .integer, "What was announced to the peer.") { $0.receive },
            .must("receive_update", .integer, "The sequence number expected next when that was announced.") {
                $0.receiveUpdate
            },
        ])
}
