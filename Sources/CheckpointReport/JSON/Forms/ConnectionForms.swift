import CheckpointModel
import EvidenceText

extension Forms {
    /// A connection that the packet filter keeps track of.
    static let trackedConnection = Form<TrackedConnection>.object(
        "tracked_connection", "A connection that the packet filter keeps track of.",
        [
            .must("original", flow, "The packets of the side that began.") { $0.original },
            .optional("reply", flow, "The packets that answer.") { $0.reply },
            .optional("tcp_state", .string, "The state, in the view of the packet filter.") {
                $0.tcpState.map { $0.name ?? "state \($0.rawValue)" }
            },
            .must("status", .hexadecimal, "The status.") { $0.status },
            .must("status_names", .strings, "The names of its bits.") { $0.statusNames },
            .optional("timeout_seconds", .integer, "In how long it is forgotten.") { $0.timeoutSeconds },
            .optional("mark", .hexadecimal, "The mark.") { $0.mark },
            .optional("original_count", count, "What the original side sent.") { $0.originalCount },
            .optional("reply_count", count, "What the answering side sent.") { $0.replyCount },
            .optional("helper", .text, "The helper that follows the protocol.") { $0.helper },
            .optional("zone", .integer, "The zone.") { $0.zone },
            .must("others", .attributes, "Attributes that have no name.") { $0.others },
            .must("origin", .origin, "Where it was read.") { $0.origin },
        ])

    /// A connection that the packet filter expects.
    static let expectedConnection = Form<ExpectedConnection>.object(
        "expected_connection", "A connection that the packet filter expects.",
        [
            .must("flow", flow, "The flow that it expects.") { $0.flow },
            .optional("mask", flow, "Which parts of the flow count.") { $0.mask },
            .optional("master", flow, "The connection by which it was announced.") { $0.master },
            .optional("timeout_seconds", .integer, "In how long it is forgotten.") { $0.timeoutSeconds },
            .optional("helper", .text, "The helper that follows the protocol.") { $0.helper },
            .optional("zone", .integer, "The zone.") { $0.zone },
            .must("flags", .hexadecimal, "The flags (NF_CT_EXPECT_*).") { $0.flags },
            .must("others", .attributes, "Attributes that have no name.") { $0.others },
            .must("origin", .origin, "Where it was read.") { $0.origin },
        ])

    private static let flow = Form<FlowTuple>.object(
        "flow", "From where to where packets go.",
        [
            .optional("source", .address, "The source address.") { $0.source },
            .optional("destination", .address, "The destination address.") { $0.destination },
            .optional("transport", .integer, "The transport protocol.") { $0.transport },
            .optional("source_port", .integer, "The source port.") { $0.sourcePort },
            .optional("destination_port", .integer, "The destination port.") { $0.destinationPort },
            .optional("icmp", icmp, "What tells packets of ICMP apart.") { $0.icmp },
        ]
    ).asOne

    private static let icmp = Form<FlowTuple.ICMP>.object(
        "icmp", "What tells packets of ICMP apart.",
        [
            .must("type", .integer, "The type of message.") { $0.type },
            .must("code", .integer, "The code of the type.") { $0.code },
            .must("id", .integer, "The identifier.") { $0.id },
        ])

    private static let count = Form<TrackedConnection.Count>.object(
        "packet_count", "How much was sent.",
        [
            .must("packets", .count, "Packets.") { $0.packets }, .must("bytes", .count, "Bytes.") { $0.bytes },
        ]
    ).asOne
}
