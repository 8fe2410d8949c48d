extension NetworkDevice {
    /// The flags of a device (`IFF_*`).
    public struct Flags: RawRepresentable, Hashable, Sendable {
        /// The bits as the image has them.
        public let rawValue: UInt32

        /// Wraps the bits.
        public init(rawValue: UInt32) { self.rawValue = rawValue }

        /// Whether it is in use.
        public var isUp: Bool { rawValue & 1 != 0 }

        /// The names as `ip link` has them, in its order; bits without a name last in hexadecimal.
        public var names: [String] { Flags.table.names(rawValue) }

        /// `ip` leaves `RUNNING` out where `LOWER_UP` is there; here no bit is left out.
        private static let table = BitNames([
            (0x8, "LOOPBACK"), (0x2, "BROADCAST"), (0x10, "POINTOPOINT"), (0x1000, "MULTICAST"), (0x80, "NOARP"),
            (0x200, "ALLMULTI"), (0x100, "PROMISC"), (0x400, "MASTER"), (0x800, "SLAVE"), (0x4, "DEBUG"),
            (0x8000, "DYNAMIC"), (0x4000, "AUTOMEDIA"), (0x2000, "PORTSEL"), (0x20, "NOTRAILERS"), (0x1, "UP"),
            (0x40, "RUNNING"), (0x1_0000, "LOWER_UP"), (0x2_0000, "DORMANT"), (0x4_0000, "ECHO"),
        ])
    }
}
