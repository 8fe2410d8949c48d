public import EvidenceText

/// The rules of a packet filter as a tool of the machine printed them.
public struct FirewallText: Sendable {
    /// The tool.
    public let tool: Tool
    /// The lines, without their ends.
    public let lines: [Line]
    /// Where it was read.
    public let origin: Origin

    /// A tool that prints rules.
    public enum Tool: String, Sendable, CaseIterable {
        /// `iptables-save`.
        case iptables
        /// `ip6tables-save`.
        case ip6tables
        /// `nft list ruleset`.
        case nftables
    }

    /// A line of rules.
    public struct Line: Sendable, Equatable {
        /// The text.
        public let text: ByteText
        /// Whether it has the form of what CRIU adds to hold back packets while it dumps: its own chain or table, a jump
        /// there, a rule about its mark 0xc114. Anybody could have named a chain so.
        public let isTraceOfCRIU: Bool
    }
}
