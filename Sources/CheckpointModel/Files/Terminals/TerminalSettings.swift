/// The line settings of a terminal (`struct termios`).
public struct TerminalSettings: Sendable, Hashable {
    /// The treatment of input (`c_iflag`).
    public let inputFlags: UInt32
    /// The treatment of output (`c_oflag`).
    public let outputFlags: UInt32
    /// Character size, parity, speed (`c_cflag`).
    public let controlFlags: UInt32
    /// Echo, line editing, signals from keys (`c_lflag`).
    public let localFlags: UInt32
    /// The line discipline; 0 is the ordinary one.
    public let lineDiscipline: UInt32
    /// The input speed, as the image has it; usually 0, since the speed is among the control flags.
    public let inputSpeed: UInt32
    /// The output speed, as the image has it; usually 0.
    public let outputSpeed: UInt32
    /// The control characters (`c_cc`), in the order of the kernel.
    public let controlCharacters: [UInt8]
    /// Whether the bits have the numbers that all machines but POWER and MIPS share.
    let hasCommonNumbers: Bool

    /// How many control characters there are; the images hold more bytes, which mean nothing.
    static let characterCount = 19

    /// The names of the input flags, unknown bits last in hexadecimal. On POWER and MIPS the number alone, as for all
    /// flags here.
    public var inputFlagNames: [String] { names(TerminalSettings.input, inputFlags) }

    /// The names of the output flags, unknown bits last in hexadecimal.
    public var outputFlagNames: [String] { names(TerminalSettings.output, outputFlags) }

    /// The names of the control flags: speed and character size first, unknown bits last in hexadecimal.
    public var controlFlagNames: [String] {
        guard hasCommonNumbers else { return names(TerminalSettings.control, controlFlags) }
        let baud = TerminalSettings.speeds[controlFlags & 0o10017].map { "B\($0)" }
        let size = "CS\(5 + (controlFlags >> 4 & 3))"
        let known: UInt32 = 0o60 | (baud == nil ? 0 : 0o10017)
        return [baud, size].compactMap { $0 } + names(TerminalSettings.control, controlFlags & ~known)
    }

    /// The names of the local flags, unknown bits last in hexadecimal.
    public var localFlagNames: [String] { names(TerminalSettings.local, localFlags) }

    /// The control characters with their names (`VINTR`), in the order of the kernel; without names on POWER and MIPS.
    public var namedCharacters: [(name: String, value: UInt8)] {
        guard hasCommonNumbers else { return [] }
        return zip(TerminalSettings.characterNames, controlCharacters).map { ($0, $1) }
    }

    private func names(_ table: BitNames, _ flags: UInt32) -> [String] {
        (hasCommonNumbers ? table : BitNames([])).names(flags)
    }

    private static let characterNames = [
        "VINTR", "VQUIT", "VERASE", "VKILL", "VEOF", "VTIME", "VMIN", "VSWTC", "VSTART", "VSTOP", "VSUSP", "VEOL",
        "VREPRINT", "VDISCARD", "VWERASE", "VLNEXT", "VEOL2",
    ]

    private static let input = BitNames([
        (0x1, "IGNBRK"), (0x2, "BRKINT"), (0x4, "IGNPAR"), (0x8, "PARMRK"), (0x10, "INPCK"), (0x20, "ISTRIP"),
        (0x40, "INLCR"), (0x80, "IGNCR"), (0x100, "ICRNL"), (0x200, "IUCLC"), (0x400, "IXON"), (0x800, "IXANY"),
        (0x1000, "IXOFF"), (0x2000, "IMAXBEL"), (0x4000, "IUTF8"),
    ])
    private static let output = BitNames([
        (0x1, "OPOST"), (0x2, "OLCUC"), (0x4, "ONLCR"), (0x8, "OCRNL"), (0x10, "ONOCR"), (0x20, "ONLRET"),
        (0x40, "OFILL"), (0x80, "OFDEL"), (0x100, "NLDLY"), (0x2000, "BSDLY"), (0x4000, "VTDLY"), (0x8000, "FFDLY"),
    ])
    private static let control = BitNames([
        (0x40, "CSTOPB"), (0x80, "CREAD"), (0x100, "PARENB"), (0x200, "PARODD"), (0x400, "HUPCL"), (0x800, "CLOCAL"),
        (1 << 29, "ADDRB"), (1 << 30, "CMSPAR"), (1 << 31, "CRTSCTS"),
    ])
    private static let local = BitNames([
        (0x1, "ISIG"), (0x2, "ICANON"), (0x4, "XCASE"), (0x8, "ECHO"), (0x10, "ECHOE"), (0x20, "ECHOK"),
        (0x40, "ECHONL"), (0x80, "NOFLSH"), (0x100, "TOSTOP"), (0x200, "ECHOCTL"), (0x400, "ECHOPRT"),
        (0x800, "ECHOKE"), (0x1000, "FLUSHO"), (0x4000, "PENDIN"), (0x8000, "IEXTEN"), (0x10000, "EXTPROC"),
    ])
    private static let speeds: [UInt32: Int] = [
        0: 0, 1: 50, 2: 75, 3: 110, 4: 134, 5: 150, 6: 200, 7: 300, 8: 600, 9: 1200, 10: 1800, 11: 2400, 12: 4800,
        13: 9600, 14: 19200, 15: 38400, 0o10001: 57600, 0o10002: 115_200, 0o10003: 230_400, 0o10004: 460_800,
        0o10005: 500_000, 0o10006: 576_000, 0o10007: 921_600, 0o10010: 1_000_000, 0o10011: 1_152_000,
        0o10012: 1_500_000, 0o10013: 2_000_000, 0o10014: 2_500_000, 0o10015: 3_000_000, 0o10016: 3_500_000,
        0o10017: 4_000_000,
    ]
}
