import EvidenceText

/// Prints bytes by address as `hexdump -C` does, 16 to a line. Absent bytes are `--`.
///
/// Lines that are equal to the one above are left out only in whole, and a line says how many they are.
struct MemoryDump {
    private let out: OutputBuffer
    private let width: Int
    /// The last line that was printed in full, if one like it may follow.
    private var last: [UInt8]?
    private var repeated: UInt64 = 0

    private static let lineSize: UInt64 = 16

    /// - Parameter end: The address behind the last byte, which decides how wide addresses are.
    init(to out: OutputBuffer, end: UInt64) {
        self.out = out
        width = end > 0xFFFF_FFFF_FFFF ? 16 : 12
    }

    /// Prints bytes that are there.
    mutating func write(_ bytes: UnsafeRawBufferPointer, at start: UInt64) {
        var address = start
        while address - start < UInt64(bytes.count) {
            let offset = Int(address - start)
            let count = min(Int(MemoryDump.lineSize - address % MemoryDump.lineSize), bytes.count - offset)
            let line = Array(bytes[offset..<(offset + count)])
            if line == last {
                repeated += 1
            } else {
                endRepetition()
                writeLine(line, count: count, at: address)
                last = count == MemoryDump.lineSize ? line : nil
            }
            // The last line can end where addresses do.
            address &+= UInt64(count)
            if address == 0 { break }
        }
    }

    /// Prints that bytes are absent. Takes no longer for many than for few.
    mutating func writeAbsent(_ addresses: Range<UInt64>) {
        finish()
        var address = addresses.lowerBound
        let head = min(lineEnd(address), addresses.upperBound)
        writeLine(nil, count: Int(head - address), at: address)
        let isWhole = head - address == MemoryDump.lineSize
        address = head
        let lines = (addresses.upperBound - address) / MemoryDump.lineSize
        if lines > 0 {
            if !isWhole { writeLine(nil, count: Int(MemoryDump.lineSize), at: address) }
            writeRepetition(isWhole ? lines : lines - 1)
            address += lines * MemoryDump.lineSize
        }
        if address < addresses.upperBound {
            writeLine(nil, count: Int(addresses.upperBound - address), at: address)
        }
    }

    /// Ends a stretch: the next line is printed, whatever it holds.
    mutating func finish() {
        endRepetition()
        last = nil
    }

    private func lineEnd(_ address: UInt64) -> UInt64 {
        let rest = MemoryDump.lineSize - address % MemoryDump.lineSize
        return UInt64.max - address < rest ? .max : address + rest
    }

    private mutating func endRepetition() {
        writeRepetition(repeated)
        repeated = 0
    }

    private func writeRepetition(_ count: UInt64) {
        guard count > 0 else { return }
        out.append(string: "*  \(count) more \(count == 1 ? "line" : "lines") equal to the one above\n")
    }

    /// - Parameter bytes: The bytes; nil if they are absent.
    private func writeLine(_ bytes: [UInt8]?, count: Int, at address: UInt64) {
        let first = Int(address % MemoryDump.lineSize)
        out.append(hexadecimal: address, width: width)
        out.append(" ")
        for column in 0..<Int(MemoryDump.lineSize) {
            out.append(column == 8 ? "  " : " ")
            let index = column - first
            if index < 0 || index >= count {
                out.append("  ")
            } else if let bytes {
                out.append(hexadecimal: UInt64(bytes[index]), width: 2)
            } else {
                out.append("--")
            }
        }
        if let bytes {
            out.append("  |")
            out.append(spaces: first)
            for byte in bytes { out.append((0x20...0x7E).contains(byte) ? byte : UInt8(ascii: ".")) }
            out.append("|")
        }
        out.append("\n")
    }
}
