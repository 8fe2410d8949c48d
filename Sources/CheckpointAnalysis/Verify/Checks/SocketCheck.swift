internal import CheckpointModel

/// Whether sockets have their peers, connections and queues, and these their sockets.
struct SocketCheck {
    private let checkpoint: Checkpoint
    private let set: ImageSet
    private let list: FindingList

    init(_ checkpoint: Checkpoint, _ set: ImageSet, _ list: FindingList) {
        (self.checkpoint, self.set, self.list) = (checkpoint, set, list)
    }

    func run() {
        guard checkpoint.processes.value != nil else { return }
        var inodes: Set<String> = []
        for file in checkpoint.files {
            guard let socket = file.socket else { continue }
            if let inode = socket.inode { inodes.insert("tcp-stream-\(String(inode, radix: 16)).img") }
            checkPeer(of: file, socket)
            checkStream(of: file, socket)
        }
        for image in set.own where image.kind == "TCP_STREAM" && !inodes.contains(image.name) {
            list.add(.streamUnclaimed, image.name, "no socket has this number")
        }
        checkQueues()
    }

    private func checkPeer(of file: OpenFile, _ socket: Socket) {
        guard case .unix = socket.specifics, let peer = socket.peerInode, peer != 0, checkpoint.peer(of: file) == nil
        else { return }
        list.add(.noPeer, file.origin, "no socket has the inode number \(peer)")
    }

    private func checkStream(of file: OpenFile, _ socket: Socket) {
        guard let inode = socket.inode, checkpoint.tcpStream(of: socket).absence?.reason == .noImage else { return }
        let image = "tcp-stream-\(String(inode, radix: 16)).img"
        list.add(.noStream, file.origin.image, entry: file.origin.entry, missing: image, "\(image) is not there")
    }

    private func checkQueues() {
        let sockets = Set(checkpoint.files.lazy.filter { $0.socket != nil }.map(\.id))
        for packet in checkpoint.queuedPackets {
            if !sockets.contains(packet.receiver) {
                list.add(.noReceiver, packet.origin, "there is no socket \(packet.receiver)")
            }
            for id in packet.rights where checkpoint.file(inFlight: id) == nil {
                list.add(.noRights, packet.origin, "there is no file \(id)")
            }
        }
    }
}
