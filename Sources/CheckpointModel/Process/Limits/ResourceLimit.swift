/// A limit on what a process may use (`setrlimit`).
public struct ResourceLimit: Sendable, Equatable {
    /// The number of the resource.
    public let number: Int
    /// The name of the resource: `RLIMIT_NOFILE`; nil for a number without a name.
    public let name: String?
    /// What is counted: `bytes`, `seconds`, `microseconds`, or the things themselves; nil for a resource without a name.
    public let unit: String?
    /// The limit that counts; ``unlimited`` for none.
    public let soft: UInt64
    /// The limit up to which the soft one can be raised; ``unlimited`` for none.
    public let hard: UInt64
    /// Where it was read.
    public let origin: Origin

    /// The number that stands for no limit.
    public static let unlimited = UInt64.max

    /// Names a limit by its number, which MIPS has in another order.
    init(_ number: Int, soft: UInt64, hard: UInt64, _ architecture: Architecture?, _ origin: Origin) {
        self.number = number
        self.soft = soft
        self.hard = hard
        self.origin = origin
        let order = architecture == .mips ? ResourceLimit.mipsOrder : Array(ResourceLimit.resources.indices)
        let resource = order.indices.contains(number) ? ResourceLimit.resources[order[number]] : nil
        name = resource.map { "RLIMIT_" + $0.name }
        unit = resource?.unit
    }

    private static let resources = [
        ("CPU", "seconds"), ("FSIZE", "bytes"), ("DATA", "bytes"), ("STACK", "bytes"), ("CORE", "bytes"),
        ("RSS", "bytes"), ("NPROC", "processes"), ("NOFILE", "files"), ("MEMLOCK", "bytes"), ("AS", "bytes"),
        ("LOCKS", "locks"), ("SIGPENDING", "signals"), ("MSGQUEUE", "bytes"), ("NICE", "nice"), ("RTPRIO", "priority"),
        ("RTTIME", "microseconds"),
    ].map { (name: $0, unit: $1) }

    /// For each number on MIPS, the number elsewhere.
    private static let mipsOrder = [0, 1, 2, 3, 4, 7, 9, 5, 6, 8, 10, 11, 12, 13, 14, 15]
}
