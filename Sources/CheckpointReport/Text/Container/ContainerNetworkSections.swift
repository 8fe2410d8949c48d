import CheckpointModel
import EvidenceText

/// Where a container was reached, and what was mounted into it.
struct ContainerNetworkSections {
    private let container: Container
    private let lines: LabelledLines

    init(_ container: Container, _ lines: LabelledLines) {
        self.container = container
        self.lines = lines
    }

    func write() {
        writeNetworks()
        writePorts()
        writeMounts()
    }

    private func writeNetworks() {
        guard let networks = container.networks.value, !networks.isEmpty else { return }
        lines.heading("networks")
        var table = Table([
            .init(title: "NETWORK"), .init(title: "INTERFACE"), .init(title: "MAC"), .init(title: "GATEWAY"),
            .init(title: "ADDRESS"),
        ])
        for network in networks {
            let lead = [network.name, network.interface, network.hardwareAddress].map {
                Table.Cell($0.value?.forTerminal ?? "-")
            }
            if network.addresses.isEmpty { table.add(lead + ["-", "-"]) }
            for address in network.addresses {
                let gateway = address.gateway.value?.forTerminal ?? "-"
                table.add(lead + [Table.Cell(gateway), Table.Cell(address.address.forTerminal, .name)])
            }
        }
        table.write(to: lines.out, lines.style)
    }

    private func writePorts() {
        guard let ports = container.ports.value, !ports.isEmpty else { return }
        lines.heading("ports")
        for port in ports {
            let host = (port.hostAddress.value?.forTerminal ?? "*") + ":" + range(port.hostPort, port.count)
            let name = port.networkProtocol.value.map { "/" + $0.forTerminal } ?? ""
            lines.item(host + " -> " + range(port.containerPort, port.count) + name)
        }
    }

    private func range(_ first: Known<Int64>, _ count: Int64) -> String {
        guard let first = first.value else { return "?" }
        return count > 1 ? "\(first)-\(first &+ count &- 1)" : String(first)
    }

    private func writeMounts() {
        guard let mounts = container.mounts.value, !mounts.isEmpty else { return }
        lines.heading("mounts, as the engine planned them")
        var table = Table([
            .init(title: "DESTINATION", mayBeCut: true), .init(title: "TYPE"), .init(title: "MODE"),
            .init(title: "SOURCE"),
        ])
        for mount in mounts {
            table.add([
                Table.Cell(mount.destination.value?.forTerminal ?? "?", .name), Table.Cell(typeText(mount)),
                Table.Cell(mount.isWritable.map { $0 ? "rw" : "ro" } ?? "?"), Table.Cell(sourceText(mount)),
            ])
        }
        table.write(to: lines.out, lines.style)
    }

    private func typeText(_ mount: ContainerMount) -> String {
        if mount.volume.value != nil { return "volume" }
        return mount.type.value?.forTerminal ?? (mount.isBind ? "bind" : "?")
    }

    private func sourceText(_ mount: ContainerMount) -> String {
        var text = mount.source.value?.forTerminal ?? "-"
        if let volume = mount.volume.value { text = volume.forTerminal + ": " + text }
        if let type = mount.fileType.value {
            text += " (" + type.forTerminal
            text += mount.permissions.value.map { " " + octalText($0, width: 4) } ?? ""
            text += ")"
        }
        return text
    }
}
