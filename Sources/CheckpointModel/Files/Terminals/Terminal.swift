internal import CRIUImages

/// A terminal and its state. Several open files may refer to it.
public struct Terminal: Sendable {
    /// The id in the images; of a pseudoterminal twice its number, plus 1 for the master side.
    public let id: UInt32
    /// The kind of terminal.
    public let kind: Kind
    /// The number of a pseudoterminal: N in `/dev/pts/N`; nil for others.
    public let index: UInt32?
    /// Whether it is the master side of a pseudoterminal; nil for other terminals.
    public let isMaster: Bool?
    /// Whether the slave side cannot be opened yet (`TIOCSPTLCK`).
    public let isLocked: Bool
    /// Whether further opens are refused (`TIOCEXCL`).
    public let isExclusive: Bool
    /// Whether the master reads status bytes too (`TIOCPKT`).
    public let isPacketMode: Bool
    /// The session that it controls; 0 for none.
    public let sessionID: UInt32
    /// The foreground process group; 0 for none.
    public let groupID: UInt32
    /// The number of the terminal's device.
    public let device: DeviceNumber
    /// The device of the file system with its node; nil if it is not recorded.
    public let nodeDevice: DeviceNumber?
    /// The owner of the node, an id inside the user namespace; nil if it is not recorded.
    public let userID: UInt32?
    /// The group of the node, an id inside the user namespace; nil if it is not recorded.
    public let nodeGroupID: UInt32?
    /// The line settings; missing if the terminal was hung up.
    public let settings: Known<TerminalSettings>
    /// The settings that are locked, as set bits.
    public let lockedSettings: Known<TerminalSettings>
    /// The window size; missing if the terminal was hung up.
    public let windowSize: Known<WindowSize>
    /// What waits to be read at this side; missing if the images have nothing of it.
    public let unread: Known<Content>
    /// Where the unread data was read; nil if there is none.
    public let unreadOrigin: Origin?
    /// Where it was read.
    public let origin: Origin

    /// The kinds of terminals: `TtyType` of the images.
    public struct Kind: RawRepresentable, Hashable, Sendable {
        /// The number in the image; values that no name is known for are kept.
        public let rawValue: Int32

        /// Wraps a number, known or not.
        public init(rawValue: Int32) { self.rawValue = rawValue }

        /// A word for it, or nil for a number without a name.
        public var name: String? {
            let names = ["unknown", "pty", "console", "vt", "ctty", "external", "serial"]
            return UInt32(exactly: rawValue).flatMap { names[checked: $0] }
        }
    }

    /// A window size (`TIOCGWINSZ`), zeros if it was never set.
    public struct WindowSize: Sendable, Hashable {
        /// The height in characters.
        public let rows: UInt32
        /// The width in characters.
        public let columns: UInt32
        /// The width in pixels, usually 0.
        public let width: UInt32
        /// The height in pixels, usually 0.
        public let height: UInt32
    }
}
