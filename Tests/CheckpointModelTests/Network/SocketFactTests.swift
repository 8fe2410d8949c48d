import CheckpointModel
import EvidenceText
import Testing

/// What the workload of the dump `sockets` said, and what `ss` and /proc/net told of queues.
@Suite("The facts of sockets with known contents")
struct SocketFactTests {
    private let known: KnownCheckpoint
    private let pid = 4770

    init() throws {
        known = try KnownCheckpoint.named("sockets")
    }

    private func socket(_ descriptor: UInt32) throws -> (file: OpenFile, socket: Socket) {
        let file = try known.file(pid, descriptor)
        return (file, try #require(file.socket))
    }

    @Test("The bytes in the queues of TCP", arguments: ["sockets", "chain/3", "arm64", "s390x", "ppc64el"])
    func tcpQueues(_ name: String) throws {
        let known = try KnownCheckpoint.named(name)
        var queues: [UInt32: (sent: UInt64, received: UInt64)] = [:]
        for list in ["proc_net_tcp", "proc_net_tcp6"] {
            for line in known.truth.socketLists[list]?.dropFirst() ?? [] {
                let fields = line.split(separator: " ")
                let sizes = try fields[4].split(separator: ":").map { try UInt64(hexadecimalText: $0) }
                // The end of a stream that the peer closed counts as a byte.
                let end: UInt64 = fields[3] == "08" ? 1 : 0
                queues[UInt32(fields[9]) ?? 0] = (sizes[0], sizes[1] - end)
            }
        }
        var count = 0
        for file in known.checkpoint.files {
            guard let socket = file.socket, let stream = known.checkpoint.tcpStream(of: socket).value else { continue }
            count += 1
            // Of IPv6 the machines of the virtual kind kept no list.
            guard let inode = socket.inode, let queue = queues[inode] else { continue }
            #expect(stream.sent.size == queue.sent, "\(name), \(file.origin)")
            #expect(stream.received.size == queue.received, "\(name), \(file.origin)")
        }
        #expect(count == (name == "sockets" ? 8 : 2))
    }

    @Test("What was written and not read is in two queues, whole")
    func records() throws {
        let sender = try #require(known.checkpoint.tcpStream(of: try socket(8).socket).value)
        let receiver = try #require(known.checkpoint.tcpStream(of: try socket(9).socket).value)
        let text = String(decoding: receiver.received.prefix(1 << 20) + sender.sent.prefix(1 << 20), as: UTF8.self)
        #expect(text.utf8.count == 21957)
        let lines = text.split(separator: "\n")
        for (number, line) in lines.enumerated() {
            let digits = String(number)
            let wanted = "outgoing record " + String(repeating: "0", count: 6 - digits.count) + digits
            #expect(line == wanted || number == lines.count - 1 && wanted.hasPrefix(line))
        }
        #expect(sender.unsentCount == 19584 && sender.window?.send == 0)
        #expect(receiver.window?.receive == 0 && receiver.optionNames == ["timestamps", "sack", "wscale"])
    }

    @Test("Unread text of TCP, as the descriptors say")
    func tcpText() throws {
        let texts: [(UInt32, String)] = [
            (5, "the reply nobody read\n"), (6, "GET /secret?token=not-a-real-token"), (11, "last words before FIN"),
            (16, "hello over six"),
        ]
        for (descriptor, expected) in texts {
            let stream = try #require(known.checkpoint.tcpStream(of: try socket(descriptor).socket).value)
            let text = String(decoding: stream.received.prefix(1000), as: UTF8.self)
            #expect(text.contains(expected), "descriptor \(descriptor)")
        }
        #expect(known.checkpoint.tcpStream(of: try socket(3).socket).absence?.reason == .notApplicable)
    }

    @Test("The bytes in the queues of Unix sockets, as ss had them", arguments: ["files", "sockets"])
    func unixQueues(_ name: String) throws {
        let known = try KnownCheckpoint.named(name)
        var expected: [UInt32: UInt64] = [:]
        for line in known.truth.socketLists["ss"] ?? [] where line.hasPrefix("u_") {
            let fields = line.split(separator: " ")
            guard let star = fields.lastIndex(of: "*"), let inode = UInt32(fields[star - 1]), fields[1] != "LISTEN"
            else { continue }
            expected[inode] = UInt64(fields[2])
        }
        var count = 0
        for file in known.checkpoint.files {
            guard let socket = file.socket, let inode = socket.inode, let size = expected[inode] else { continue }
            let packets = known.checkpoint.queuedPackets(at: file)
            // Of datagrams the kernel tells the size of the first.
            let told = socket.type == 2 ? packets.prefix(1) : packets[...]
            #expect(told.reduce(0) { $0 + $1.content.size } == size, "\(name), \(file.origin)")
            count += packets.count
        }
        #expect(count > 0)
    }

    @Test("Messages in their order")
    func packets() throws {
        let packets = known.checkpoint.queuedPackets(at: try socket(31).file)
        let texts = packets.map { String(decoding: $0.content.prefix(100), as: UTF8.self) }
        #expect(texts == ["packet 1", "packet number 2", "p3"])
    }

    @Test("Backlogs, as ss had them")
    func backlogs() throws {
        let expected: [(UInt32, UInt32)] = [(3, 7), (4, 128)]
        for (descriptor, backlog) in expected {
            #expect(try socket(descriptor).socket.backlog == backlog)
        }
        #expect(try socket(5).socket.backlog == nil)
        // What the image has there of a connected Unix socket is the size of its send queue.
        #expect(try socket(28).socket.backlog == nil)
    }

    @Test("Peers within the dump")
    func peers() throws {
        let pairs: [(UInt32, UInt32)] = [(5, 6), (8, 9), (10, 11), (15, 16), (28, 29), (30, 31), (44, 46), (39, 40)]
        for (one, other) in pairs {
            #expect(known.checkpoint.peer(of: try socket(one).file)?.id == (try socket(other).file.id))
            #expect(known.checkpoint.peer(of: try socket(other).file)?.id == (try socket(one).file.id))
        }
        // One way only: to a bound datagram socket.
        #expect(known.checkpoint.peer(of: try socket(19).file)?.id == (try socket(18).file.id))
        #expect(known.checkpoint.peer(of: try socket(18).file) == nil)
        let child = try #require(known.checkpoint.peer(of: try socket(48).file))
        #expect(known.checkpoint.uses(of: child.reference).contains(.descriptor(pid: 4771, number: 49)))
        #expect(known.checkpoint.peer(of: try socket(45).file) == nil)
    }

    @Test("A peer outside of the dump")
    func externalPeer() throws {
        let peer = try #require(known.checkpoint.peer(of: try socket(47).file))
        guard case .unix(let unix) = peer.socket?.specifics else { throw TruthError(text: "not a Unix socket") }
        #expect(unix.isExternal && unix.markNames.contains("external"))
        #expect(known.checkpoint.uses(of: peer.reference) == [.externalPeer(of: try socket(47).file.id)])
    }

    @Test("Options by name")
    func options() throws {
        let datagram = try socket(20).socket
        #expect(datagram.options.enabled.contains("SO_BROADCAST") && datagram.options.enabled.contains("SO_REUSEPORT"))
        #expect(!datagram.options.filter.isEmpty)
        guard case .internet(let internet) = datagram.specifics else { throw TruthError(text: "not of IP") }
        #expect(internet.typeOfService == 0x10 && internet.timeToLive == 64)
        let client = try socket(5).socket
        guard case .internet(let tcp) = client.specifics else { throw TruthError(text: "not of IP") }
        #expect(client.options.enabled.contains("SO_KEEPALIVE"))
        #expect(tcp.tcp?.hasNoDelay == true && tcp.tcp?.keepaliveIdle == 77 && tcp.tcp?.keepaliveCount == 9)
        guard case .internet(let only) = try socket(14).socket.specifics else { throw TruthError(text: "not of IP") }
        #expect(only.isIPv6Only == true)
    }

    @Test("Directions that were shut down")
    func shutdown() throws {
        #expect(try socket(44).socket.shutdown == [.sending])
        #expect(try socket(46).socket.shutdown == [.receiving])
        #expect(try socket(28).socket.shutdown == [])
    }

    @Test("Netlink groups and packet sockets")
    func others() throws {
        guard case .netlink(let route) = try socket(26).socket.specifics,
            case .packet(let packet) = try socket(23).socket.specifics
        else { throw TruthError(text: "of another family") }
        #expect(route.portID == 4242 && route.groups == [1, 5])
        #expect(packet.interfaceIndex == 1 && packet.fanout == nil && packet.receiveRing == nil)
    }

    @Test("Paths of Unix sockets: relative ones, and whose file is which")
    func paths() throws {
        guard case .unix(let listening) = try socket(38).socket.specifics else { throw TruthError(text: "not Unix") }
        #expect(listening.directory == "/srv/forensics/sockets")
        #expect(listening.permissions?.mode == 0o140600)
        guard case .unix(let gone) = try socket(42).socket.specifics else { throw TruthError(text: "not Unix") }
        #expect(gone.isFileDeleted)
    }
}
