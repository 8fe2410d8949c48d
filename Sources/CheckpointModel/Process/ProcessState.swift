/// What a task was doing when it was dumped: `task_state` of its core image.
public struct ProcessState: RawRepresentable, Hashable, Sendable {
    /// The number in the image; values that no name is known for are kept.
    public let rawValue: UInt32

    /// Wraps a number, known or not.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Running or sleeping.
    public static let alive = ProcessState(rawValue: 1)
    /// A zombie: ended, not yet waited for. CRIU writes this number for most of them.
    public static let dead = ProcessState(rawValue: 2)
    /// Stopped by a signal.
    public static let stopped = ProcessState(rawValue: 3)
    /// A zombie: ended, not yet waited for.
    public static let zombie = ProcessState(rawValue: 6)

    /// Whether the process has ended, so that it has neither memory nor files.
    public var hasEnded: Bool { self == .dead || self == .zombie }

    /// A word for the state, or nil for a number without a name.
    public var name: String? {
        switch self {
        case .alive: "alive"
        case .stopped: "stopped"
        case .zombie, .dead: "zombie"
        default: nil
        }
    }
}
