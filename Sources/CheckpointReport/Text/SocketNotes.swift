import CheckpointModel
import EvidenceText

/// What there is to say of a socket beside its row.
struct SocketNotes {
    let checkpoint: Checkpoint

    /// What waits in its queues.
    func queues(_ file: OpenFile, _ socket: Socket) -> [String] {
        var lines: [String] = []
        if let stream = checkpoint.tcpStream(of: socket).value {
            if stream.received.size > 0 {
                lines.append("unread: \(sizeText(stream.received)) \(previewText(stream.received))")
            }
            if stream.sent.size > 0 {
                let unsent = stream.unsentCount.map { ", \(byteText(UInt64($0))) of it not sent" } ?? ""
                lines.append("not acknowledged: \(sizeText(stream.sent))\(unsent) \(previewText(stream.sent))")
            }
        }
        for packet in checkpoint.queuedPackets(at: file).prefix(SocketNotes.shownPackets) { lines.append(text(packet)) }
        let more = checkpoint.queuedPackets(at: file).count - SocketNotes.shownPackets
        if more > 0 { lines.append("and \(counted(more, "message")) more") }
        return lines
    }

    private static let shownPackets = 4

    private func text(_ packet: QueuedPacket) -> String {
        let files = packet.rights.map { id in
            checkpoint.file(inFlight: id)?.target.value?.forTerminal ?? "file \(id)"
        }
        let rights = files.isEmpty ? "" : ", with files: " + files.joined(separator: ", ")
        return "unread: \(sizeText(packet.content)) \(previewText(packet.content))\(rights)"
    }

    /// Options, addresses and numbers of a socket, for those who want all.
    func details(_ file: OpenFile, _ socket: Socket) -> [String] {
        queues(file, socket) + specifics(socket) + options(socket.options) + connection(socket) + other(socket)
    }

    private func options(_ options: SocketOptions) -> [String] {
        var parts = options.enabled
        parts.append("send buffer \(options.sendBuffer), receive buffer \(options.receiveBuffer)")
        if !options.sendTimeout.isZero { parts.append("send timeout " + secondsText(options.sendTimeout)) }
        if !options.receiveTimeout.isZero { parts.append("receive timeout " + secondsText(options.receiveTimeout)) }
        if let mark = options.mark { parts.append("mark 0x" + String(mark, radix: 16)) }
        if let priority = options.priority, priority != 0 { parts.append("priority \(priority)") }
        if let seconds = options.lingerSeconds { parts.append("linger \(seconds) s") }
        if let device = options.boundDevice { parts.append("bound to " + device.forTerminal) }
        if let water = options.receiveLowWater, water != 1 { parts.append("receive low water \(water)") }
        if !options.filter.isEmpty { parts.append("filter of \(counted(options.filter.count, "instruction"))") }
        return ["options: " + parts.joined(separator: ", ")]
    }

    private func specifics(_ socket: Socket) -> [String] {
        switch socket.specifics {
        case .internet(let internet): self.internet(internet)
        case .unix(let unix): self.unix(unix)
        case .netlink(let netlink):
            netlink.groups.isEmpty ? [] : ["groups: " + netlink.groups.map(String.init).joined(separator: ", ")]
        case .packet(let packet): self.packet(packet)
        }
    }

    private func internet(_ internet: InternetSocket) -> [String] {
        var parts = internet.options
        if internet.isIPv6Only == true { parts.append("IPv6 only") }
        if let ttl = internet.timeToLive { parts.append("ttl \(ttl)") }
        if let tos = internet.typeOfService, tos != 0 { parts.append("tos 0x" + String(tos, radix: 16)) }
        if let interface = internet.interface { parts.append("scope " + interface.forTerminal) }
        if let tcp = internet.tcp {
            if tcp.hasNoDelay { parts.append("TCP_NODELAY") }
            if tcp.isCorked { parts.append("TCP_CORK") }
            if let idle = tcp.keepaliveIdle, let count = tcp.keepaliveCount, let interval = tcp.keepaliveInterval {
                parts.append("keepalive after \(idle) s, \(count) times every \(interval) s")
            }
        }
        return parts.isEmpty ? [] : ["ip: " + parts.joined(separator: ", ")]
    }

    private func unix(_ unix: UnixSocket) -> [String] {
        var parts: [String] = []
        if let directory = unix.directory { parts.append("relative to " + directory.forTerminal) }
        if let file = unix.permissions {
            parts.append("mode \(octalText(file.mode & 0o7777, width: 4)), owner \(file.userID):\(file.groupID)")
        }
        if unix.isFileDeleted { parts.append("its file is deleted") }
        if unix.marks != 0 { parts.append("CRIU's marks: " + unix.markNames.joined(separator: ", ")) }
        return parts.isEmpty ? [] : ["file: " + parts.joined(separator: ", ")]
    }

    private func packet(_ packet: PacketSocket) -> [String] {
        var parts = packet.options + ["TPACKET_V\(packet.version.addingReportingOverflow(1).partialValue)"]
        for (name, ring) in [("receive", packet.receiveRing), ("send", packet.sendRing)] {
            guard let ring else { continue }
            parts.append("\(name) ring of \(ring.frameCount) frames of \(ring.frameSize) bytes")
        }
        if let fanout = packet.fanout { parts.append("fanout group \(fanout.id), method \(fanout.method)") }
        for member in packet.memberships {
            parts.append("\(member.typeName ?? "membership \(member.type)") on interface \(member.interfaceIndex)")
        }
        return ["packets: " + parts.joined(separator: ", ")]
    }

    private func connection(_ socket: Socket) -> [String] {
        guard let stream = checkpoint.tcpStream(of: socket).value else { return [] }
        var parts = ["receives from \(stream.receiveSequence), sends from \(stream.sendSequence)"]
        parts.append("mss \(stream.maximumSegment)")
        parts.append("window scale \(stream.sendScale)/\(stream.receiveScale.map { String($0) } ?? "-")")
        if let window = stream.window { parts.append("window \(window.send) out, \(window.receive) in") }
        return ["tcp: " + (parts + stream.optionNames).joined(separator: ", ")]
    }

    private func other(_ socket: Socket) -> [String] {
        var parts: [String] = []
        if socket.shutdown.contains(.receiving) { parts.append("receiving shut down") }
        if socket.shutdown.contains(.sending) { parts.append("sending shut down") }
        if let id = socket.networkNamespaceID { parts.append("network namespace \(id)") }
        return parts.isEmpty ? [] : [parts.joined(separator: ", ")]
    }
}
