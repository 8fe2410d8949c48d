/// What a network namespace holds, but for its sockets.
public struct NetworkConfiguration: Sendable {
    /// The devices, in the order of the image.
    public let devices: Known<[NetworkDevice]>
    /// The addresses of the devices, in the order of the image.
    public let addresses: Known<[InterfaceAddress]>
    /// The IPv4 routes of the table `main`, which is all that CRIU keeps, in the order of the image.
    public let routes4: Known<[Route]>
    /// The IPv6 routes, likewise.
    public let routes6: Known<[Route]>
    /// The IPv4 rules that pick tables, in the order of the image.
    public let rules: Known<[RoutingRule]>
    /// The rules of the packet filters, by tool; tools whose image is not there are left out.
    public let firewall: [FirewallText]
    /// The connections that the packet filter kept track of; missing if CRIU did not ask for them.
    public let connections: Known<[TrackedConnection]>
    /// The connections that it expected; missing if CRIU did not ask for them.
    public let expectations: Known<[ExpectedConnection]>
    /// The settings of the namespace as a whole: those for all devices, for new ones, and others.
    public let settings: Known<[KernelSetting]>
    /// The numbers by which it knows other namespaces.
    public let peerNumbers: [PeerNumber]

    /// The number by which one network namespace knows another.
    public struct PeerNumber: Sendable, Equatable {
        /// CRIU's id of the other.
        public let namespaceID: UInt32
        /// The kernel's number for it here (`netnsid`).
        public let number: Int32
    }
}
