public import EvidenceText

internal import CRIUImages

/// The options of level `SOL_SOCKET`. What is nil is not in the image, because CRIU writes it for other families only, or
/// not yet in older versions.
public struct SocketOptions: Sendable, Equatable {
    /// The send buffer in bytes, as `getsockopt` tells it: twice what a program set.
    public let sendBuffer: UInt32
    /// The receive buffer in bytes, as `getsockopt` tells it: twice what a program set.
    public let receiveBuffer: UInt32
    /// How long a send may wait; zero is without limit.
    public let sendTimeout: TimeValue
    /// How long a receive may wait; zero is without limit.
    public let receiveTimeout: TimeValue
    /// The options that are on or off, by the names of `SO_*`, in a fixed order.
    public let switches: [Switch]
    /// The priority of the packets sent.
    public let priority: UInt32?
    /// How many bytes must have arrived before a receive returns.
    public let receiveLowWater: UInt32?
    /// The mark on the packets sent; nil for none.
    public let mark: UInt32?
    /// The network device that the socket is bound to; nil for any.
    public let boundDevice: ByteText?
    /// How many seconds `close` waits for unsent data; nil if lingering is off.
    public let lingerSeconds: UInt32?
    /// Which buffer sizes a program fixed: 1 the send buffer, 2 the receive buffer.
    public let lockedBuffers: UInt32?
    /// The classic BPF program that drops packets; empty for none.
    public let filter: [FilterInstruction]

    /// An option that is on or off.
    public struct Switch: Sendable, Equatable {
        /// The name, as `SO_REUSEADDR`.
        public let name: String
        /// Whether it is on.
        public let isOn: Bool
    }

    /// An instruction of classic BPF.
    public struct FilterInstruction: Sendable, Equatable {
        /// The operation.
        public let code: UInt16
        /// How many instructions to skip if a comparison holds.
        public let jumpTrue: UInt8
        /// How many instructions to skip if it does not.
        public let jumpFalse: UInt8
        /// The operand.
        public let operand: UInt32
    }

    /// The names of the options that are on.
    public var enabled: [String] { switches.filter(\.isOn).map(\.name) }
}

extension SocketOptions {
    init(_ entry: SkOptsEntry) {
        self.init(
            sendBuffer: entry.soSndbuf, receiveBuffer: entry.soRcvbuf,
            sendTimeout: SocketOptions.time(entry.soSndTmoSec, entry.soSndTmoUsec),
            receiveTimeout: SocketOptions.time(entry.soRcvTmoSec, entry.soRcvTmoUsec),
            switches: SocketOptions.switches(entry), priority: entry.soPriority, receiveLowWater: entry.soRcvlowat,
            mark: entry.soMark, boundDevice: entry.soBoundDev, lingerSeconds: entry.soLinger,
            lockedBuffers: entry.soBufLock, filter: entry.soFilter.map(FilterInstruction.init))
    }

    private static func time(_ seconds: UInt64, _ microseconds: UInt64) -> TimeValue {
        TimeValue(seconds: seconds, nanoseconds: microseconds.multipliedCapped(1000))
    }

    private static func switches(_ entry: SkOptsEntry) -> [Switch] {
        let values: [(String, Bool?)] = [
            ("SO_REUSEADDR", entry.reuseaddr), ("SO_REUSEPORT", entry.soReuseport),
            ("SO_KEEPALIVE", entry.soKeepalive), ("SO_BROADCAST", entry.soBroadcast),
            ("SO_DONTROUTE", entry.soDontroute), ("SO_NO_CHECK", entry.soNoCheck),
            ("SO_OOBINLINE", entry.soOobinline.map { $0 != 0 }), ("SO_PASSCRED", entry.soPasscred),
            ("SO_PASSSEC", entry.soPasssec),
        ]
        return values.compactMap { name, value in value.map { Switch(name: name, isOn: $0) } }
    }
}

extension SocketOptions.FilterInstruction {
    /// An instruction as CRIU packs it into a word.
    fileprivate init(_ word: UInt64) {
        self.init(
            code: UInt16(truncatingIfNeeded: word >> 48), jumpTrue: UInt8(truncatingIfNeeded: word >> 40),
            jumpFalse: UInt8(truncatingIfNeeded: word >> 32), operand: UInt32(truncatingIfNeeded: word))
    }
}
