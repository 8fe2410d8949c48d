internal import CRIUImages

/// What is particular to a netlink socket.
public struct NetlinkSocket: Sendable, Equatable {
    /// Its address, often the id of its process; 0 if it is not bound.
    public let portID: UInt32
    /// The address that it is connected to; 0 is the kernel.
    public let peerPortID: UInt32
    /// The multicast group that it is connected to, counted from 1; 0 for none.
    public let peerGroup: UInt32
    /// The multicast groups that it joined, counted from 1, ascending.
    public let groups: [Int]
}

extension NetlinkSocket {
    /// How many words of groups are looked at: the kernel has none of more than 32 groups for most protocols, and no
    /// more than a few hundred for any.
    private static let wordLimit = 1024

    init(_ entry: NetlinkSkEntry) {
        let groups = entry.groups.prefix(NetlinkSocket.wordLimit).enumerated().flatMap { place, word in
            (0..<32).filter { word >> UInt32($0) & 1 != 0 }.map { place * 32 + $0 + 1 }
        }
        self.init(portID: entry.portid, peerPortID: entry.dstPortid, peerGroup: entry.dstGroup, groups: groups)
    }
}
