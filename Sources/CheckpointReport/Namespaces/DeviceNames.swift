import CheckpointModel
import EvidenceText

/// The names of network devices by their indexes, in all namespaces.
struct DeviceNames: Sendable {
    private let names: [UInt32: [UInt32: ByteText]]
    private let here: UInt32

    /// - Parameters:
    ///   - devices: The devices of each namespace.
    ///   - here: The namespace whose devices are meant where none is told.
    init(_ devices: [(namespace: UInt32, devices: [NetworkDevice])], here: UInt32) {
        names = Dictionary(
            devices.map { namespace, devices in
                (namespace, Dictionary(devices.map { ($0.index, $0.name) }, uniquingKeysWith: { first, _ in first }))
            }, uniquingKeysWith: { first, _ in first })
        self.here = here
    }

    /// The name of a device of the namespace, or its index.
    func name(_ index: UInt32) -> String { names[here]?[index]?.forTerminal ?? "if\(index)" }

    /// The name of a device here or elsewhere.
    func text(_ peer: NetworkDevice.Peer) -> String {
        guard let namespace = peer.namespaceID else { return "if\(peer.index) outside" }
        let name = names[namespace]?[peer.index]?.forTerminal ?? "if\(peer.index)"
        return namespace == here ? name : "\(name) in namespace \(namespace)"
    }

    /// Whether a number is that of the namespace itself.
    func isHere(_ namespace: UInt32) -> Bool { namespace == here }
}
