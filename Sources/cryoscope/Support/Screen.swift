import CheckpointReport
import EvidenceText

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

extension OutputFile {
    /// Where text for a person goes, and how it is laid out there.
    struct Screen {
        let out: OutputBuffer
        let style: TextStyle
    }
}

extension TextStyle {
    /// What standard output asks for: colour and a width on a terminal, neither elsewhere. `NO_COLOR` and a dumb terminal
    /// turn colour off.
    static var standardOutput: TextStyle {
        guard isTerminal else { return TextStyle() }
        let refusesColour = environmentValue("NO_COLOR").map { !$0.isEmpty } ?? false
        return TextStyle(usesColour: !refusesColour && environmentValue("TERM") != "dumb", width: terminalColumns())
    }
}

/// Whether standard output is a terminal.
var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

private func environmentValue(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }
}

/// The width of the terminal; `COLUMNS`, or 80, if it does not tell.
private func terminalColumns() -> Int {
    var size = winsize()
    if ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 { return Int(size.ws_col) }
    return environmentValue("COLUMNS").flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil } ?? 80
}
