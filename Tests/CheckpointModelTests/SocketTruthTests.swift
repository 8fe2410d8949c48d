import CheckpointModel
import EvidenceText
import Testing

/// Compares sockets with the lists in /proc/net and with what `ss` printed.
@Suite("The sockets of dumps with known contents")
struct SocketTruthTests {
    private static let names = ["files", "sockets", "container", "chain/3", "arm64", "s390x", "ppc64el"]

    @Test("Families, types, protocols, states and addresses", arguments: names)
    func rows(_ name: String) throws {
        let known = try KnownCheckpoint.named(name)
        let rows = try known.truth.socketRows(isBigEndian: name == "s390x")
        var unlisted: Set<UInt32> = []
        for (descriptor, inode, socket) in try sockets(known) {
            let place: Comment = "\(name), descriptor \(descriptor.number)"
            guard let row = rows[inode] else {
                unlisted.insert(descriptor.number)
                continue
            }
            #expect(socket.family == row.family, place)
            #expect(row.type == nil || socket.type == row.type, place)
            #expect(row.networkProtocol == nil || socket.networkProtocol == row.networkProtocol, place)
            #expect(row.state == nil || socket.state == row.state, place)
            #expect(socket.local == row.local, place)
            #expect(socket.remote == row.remote, place)
        }
        #expect(unlisted == Self.unlisted(name))
    }

    @Test("Inode numbers", arguments: names)
    func inodes(_ name: String) throws {
        for (descriptor, inode, socket) in try sockets(try KnownCheckpoint.named(name)) {
            // The image of a packet socket has none.
            let expected = descriptor.type == .packetSocket ? nil : inode
            #expect(socket.inode == expected, "\(name), descriptor \(descriptor.number)")
        }
    }

    @Test("Peers of Unix sockets", arguments: ["files", "sockets"])
    func peers(_ name: String) throws {
        let known = try KnownCheckpoint.named(name)
        let peers = known.truth.unixPeers()
        for (descriptor, inode, socket) in try sockets(known) {
            let place: Comment = "\(name), descriptor \(descriptor.number)"
            guard socket.family == 1 else {
                #expect(socket.peerInode == nil, place)
                continue
            }
            if name == "sockets", descriptor.number == 41 {
                // Not accepted yet: `ss` knows no peer, CRIU names the listening socket.
                let listening = try #require(try sockets(known).first { $0.0.number == 38 }?.2.inode)
                #expect(peers[inode] == 0 && socket.peerInode == listening, place)
            } else {
                let peer = try #require(peers[inode], place)
                #expect(socket.peerInode == peer, place)
            }
        }
    }

    @Test("A Unix socket whose file is gone is marked as deleted")
    func deleted() throws {
        let all = try sockets(try KnownCheckpoint.named("sockets"))
        let deleted = all.filter { $0.0.file.value?.isDeleted == true }
        #expect(deleted.map(\.0.number) == [42])
        #expect(deleted.first?.2.local == .path("gone.sock"))
    }

    /// The descriptors of sockets that no list has.
    private static func unlisted(_ name: String) -> Set<UInt32> {
        switch name {
        case "files": []
        // A TCP socket that is neither bound nor connected, and a netlink socket without an address.
        case "sockets": [12, 27]
        // Sockets of the nested network namespace, while the lists are those of the outer one.
        case "container": [3]
        // The lists of UDP, netlink and IPv6 were not kept.
        default: [17, 18, 30]
        }
    }

    /// The descriptors of sockets, the inode numbers that /proc/PID/fd gives them, and their details.
    private func sockets(_ known: KnownCheckpoint) throws -> [(Descriptor, UInt32, Socket)] {
        try known.processes.flatMap { process in
            let truths = process.truth.descriptors.filter { $0.target.string?.hasPrefix("socket:[") == true }
            return try truths.sorted { $0.number < $1.number }.map { truth in
                let descriptor = try #require(process.descriptors.value?.first { $0.number == truth.number })
                let inode = try #require(truth.target.string?.dropFirst(8).dropLast())
                return (descriptor, try #require(UInt32(inode)), try #require(descriptor.file.value?.socket))
            }
        }
    }
}
