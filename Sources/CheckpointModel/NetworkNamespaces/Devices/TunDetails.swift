/// What is particular to a tun or tap device.
public struct TunDetails: Sendable, Equatable {
    /// The flags of the device (`IFF_*` of `TUNSETIFF`).
    public let flags: UInt32
    /// The user who may attach to it; nil for anyone.
    public let owner: UInt32?
    /// The group who may attach to it; nil for anyone.
    public let group: UInt32?
    /// The size in bytes of the virtio header of each packet.
    public let headerSize: UInt32
    /// The send buffer in bytes.
    public let sendBuffer: UInt32

    /// The names of the flags, bits without a name last in hexadecimal.
    public var flagNames: [String] { TunDetails.table.names(flags) }

    private static let table = BitNames([
        (0x1, "tun"), (0x2, "tap"), (0x10, "napi"), (0x20, "napi_frags"), (0x40, "no_carrier"), (0x100, "multi_queue"),
        (0x200, "attach_queue"), (0x400, "detach_queue"), (0x800, "persist"), (0x1000, "no_pi"), (0x2000, "one_queue"),
        (0x4000, "vnet_hdr"), (0x8000, "tun_excl"),
    ])
}

/// What is particular to a macvlan device.
public struct MacvlanDetails: Sendable, Equatable {
    /// How devices on one parent reach each other, as the number of the image.
    public let mode: UInt32
    /// The bits of `MACVLAN_FLAG_*`.
    public let flags: UInt32

    /// The name of the mode; nil for a number without a name.
    public var modeName: String? {
        [1: "private", 2: "vepa", 4: "bridge", 8: "passthru", 16: "source"][mode]
    }
}
