internal import CRIUImages

/// What is particular to a packet socket.
public struct PacketSocket: Sendable, Equatable {
    /// The index of the network device that it is bound to; 0 means all of them.
    public let interfaceIndex: UInt32
    /// The layout of ring frames: 0, 1 and 2 are `TPACKET_V1`, `V2` and `V3`.
    public let version: UInt32
    /// Headroom in bytes in the frames of the receive ring.
    public let reserve: UInt32
    /// The names of the options of level `SOL_PACKET` that are on.
    public let options: [String]
    /// Where the timestamps of ring frames come from (`SOF_TIMESTAMPING_*`).
    public let timestamp: UInt32
    /// Not 0 if a frame too large for its slot is also queued whole.
    public let copyThreshold: UInt32
    /// The addresses and modes asked of network devices.
    public let memberships: [Membership]
    /// The group among whose sockets frames are shared; nil for none.
    public let fanout: Fanout?
    /// The receive ring; nil for none.
    public let receiveRing: Ring?
    /// The send ring; nil for none.
    public let sendRing: Ring?

    /// An address or mode asked of a network device.
    public struct Membership: Sendable, Equatable {
        /// The index of the device.
        public let interfaceIndex: UInt32
        /// What is asked (`PACKET_MR_*`).
        public let type: UInt32
        /// The hardware address; empty for types that need none.
        public let address: [UInt8]

        /// A word for the type, or nil for a number without a name.
        public var typeName: String? { ["multicast", "promiscuous", "all-multicast", "unicast"][checked: type] }
    }

    /// A group among whose sockets frames are shared.
    public struct Fanout: Sendable, Equatable {
        /// The group.
        public let id: UInt32
        /// How a socket of it is chosen (`PACKET_FANOUT_*`), flags included.
        public let method: UInt32
    }

    /// A ring buffer shared between a packet socket and its program.
    public struct Ring: Sendable, Equatable {
        /// The size of a block in bytes.
        public let blockSize: UInt32
        /// How many blocks.
        public let blockCount: UInt32
        /// The size of a frame in bytes.
        public let frameSize: UInt32
        /// How many frames in all blocks.
        public let frameCount: UInt32
        /// After how many milliseconds a block that is not full is handed over; of version 3 only.
        public let retireMilliseconds: UInt32
        /// How many bytes of each block are left to the program; of version 3 only.
        public let privateBytes: UInt32
        /// Bits of requested features; of version 3 only.
        public let features: UInt32
    }
}

extension PacketSocket {
    init(_ entry: PacketSockEntry) {
        let options: [(String, Bool)] = [
            ("PACKET_AUXDATA", entry.auxData), ("PACKET_ORIGDEV", entry.origDev), ("PACKET_VNET_HDR", entry.vnetHdr),
            ("PACKET_LOSS", entry.loss),
        ]
        self.init(
            interfaceIndex: entry.ifindex, version: entry.version, reserve: entry.reserve,
            options: options.filter(\.1).map(\.0), timestamp: entry.timestamp, copyThreshold: entry.copyThresh,
            memberships: entry.mclist.map { Membership(interfaceIndex: $0.index, type: $0.type, address: $0.addr) },
            fanout: entry.fanout.flatMap(Fanout.init), receiveRing: entry.rxRing.map(Ring.init),
            sendRing: entry.txRing.map(Ring.init))
    }
}

extension PacketSocket.Fanout {
    /// All ones is no group.
    fileprivate init?(_ word: UInt32) {
        guard word != .max else { return nil }
        self.init(id: word & 0xFFFF, method: word >> 16)
    }
}

extension PacketSocket.Ring {
    fileprivate init(_ ring: PacketRing) {
        self.init(
            blockSize: ring.blockSize, blockCount: ring.blockNr, frameSize: ring.frameSize, frameCount: ring.frameNr,
            retireMilliseconds: ring.retireTmo, privateBytes: ring.sizeofPriv, features: ring.features)
    }
}
