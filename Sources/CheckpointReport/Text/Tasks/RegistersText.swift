import CheckpointModel
import EvidenceText

/// Prints all registers of a thread.
struct RegistersText {
    static func write(_ thread: ThreadDetails, to out: OutputBuffer, _ style: TextStyle) {
        let name = thread.name.value?.forTerminal ?? "?"
        out.append("\n")
        out.append(string: style.paint("thread \(thread.id) \(name) registers", .heading))
        out.append("\n")
        switch thread.registers {
        case .missing(let absence): writeAbsence(absence, to: out, style)
        case .value(let registers):
            for group in registers.groups { write(group, to: out, style) }
            writeOthers(registers, to: out, style)
        }
    }

    /// Prints a group. Vectors without a bit set are only counted.
    private static func write(_ group: RegisterGroup, to out: OutputBuffer, _ style: TextStyle) {
        let shown = group.registers.filter { $0.bits <= 64 || $0.words.contains { $0 != 0 } }
        out.append(string: style.paint(group.name, .faint))
        out.append("\n")
        writeRows(shown, to: out, style)
        let others = group.registers.count - shown.count
        if others > 0 {
            out.append(string: style.paint("  \(counted(others, "vector")) of zeros\n", .faint))
        }
    }

    /// As many registers on a line as it has room for; more than fit a usual page are hard to read.
    private static func writeRows(_ registers: [Register], to out: OutputBuffer, _ style: TextStyle) {
        let nameWidth = registers.map(\.name.count).max() ?? 0
        let valueWidth = registers.map(\.hexadecimal.count).max() ?? 0
        if let width = style.width, nameWidth + valueWidth + 3 > width {
            return registers.forEach { writeFolded($0, nameWidth, width, to: out, style) }
        }
        let perLine = max((min(style.width ?? 100, 100) - 2) / (nameWidth + valueWidth + 3), 1)
        for start in stride(from: 0, to: registers.count, by: perLine) {
            for register in registers[start..<min(start + perLine, registers.count)] {
                out.append(spaces: 2 + nameWidth - register.name.count)
                out.append(string: style.paint(register.name, .name))
                out.append(spaces: 1 + valueWidth - register.hexadecimal.count)
                out.append(string: register.hexadecimal)
            }
            out.append("\n")
        }
    }

    /// A register that is wider than the line, in lines of whole words of 64 bits.
    private static func writeFolded(
        _ register: Register, _ nameWidth: Int, _ width: Int, to out: OutputBuffer, _ style: TextStyle
    ) {
        let digits = Array(register.hexadecimal)
        let perLine = max((width - nameWidth - 3) / 16, 1) * 16
        for start in stride(from: 0, to: digits.count, by: perLine) {
            let name = start == 0 ? register.name : ""
            out.append(spaces: 2 + nameWidth - name.count)
            out.append(string: style.paint(name, .name) + " ")
            out.append(string: String(digits[start..<min(start + perLine, digits.count)]))
            out.append("\n")
        }
    }

    private static func writeOthers(_ registers: RegisterSet, to out: OutputBuffer, _ style: TextStyle) {
        var lines = ["thread pointer " + registers.threadPointer.text { padded($0, 8) }]
        if registers.clearThreadIDAddress != 0 {
            lines.append("clear_child_tid " + padded(registers.clearThreadIDAddress, 8))
        }
        for segment in registers.localSegments where !segment.isEmpty {
            lines.append(
                "segment \(segment.index) base \(padded(UInt64(segment.base), 8)) limit \(hexadecimalWord(segment.limit))"
                    + (segment.isLimitInPages ? " pages" : " bytes") + (segment.isReadOnly ? ", read-only" : ""))
        }
        for line in lines {
            out.append("  ")
            out.append(string: fitted(line, style.width.map { max($0 - 2, 8) }))
            out.append("\n")
        }
    }
}
