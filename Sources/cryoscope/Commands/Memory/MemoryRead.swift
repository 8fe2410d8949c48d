import ArgumentParser
import CheckpointModel
import CheckpointReport

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// `memory read`: bytes by address.
struct MemoryRead: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "read", abstract: "Print memory in hexadecimal, with where each stretch comes from.",
        discussion: """
            Absent bytes are --, with the reason above them. Lines are left out only if they equal the one above, and a \
            line with * says how many. Processes of a pre-dump have pages, but no areas.
            """)

    @OptionGroup var process: ProcessOptions

    @Argument(help: ArgumentHelp("The first address: 0x and hexadecimal digits, or decimal.", valueName: "address"))
    var address: Address

    @Argument(
        help: ArgumentHelp("How many bytes: as an address, perhaps with K, M or G behind it.", valueName: "length"))
    var length: ByteCount

    @Flag(help: "Write the bytes as they are. If any is absent, nothing is written.")
    var raw = false

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        if raw && json { throw ValidationError("--raw and --json exclude each other.") }
        if length.value == 0 { throw ValidationError("The length must not be 0.") }
        if UInt64.max - address.value < length.value {
            throw ValidationError("The range goes beyond the last address.")
        }
    }

    func run() throws {
        let checkpoint = try process.open()
        let range = MemoryRange(
            pid: process.pid, try process.addressSpace(of: checkpoint),
            address.value..<(address.value + length.value))
        if raw, let absence = range.firstAbsence {
            throw CommandFailure(message: "not all of the bytes are there: \(absence.detail)")
        }
        if raw && isatty(STDOUT_FILENO) == 1 {
            throw CommandFailure(message: "bytes as they are do not go to a terminal: pipe them, or leave out --raw")
        }
        if raw { process.sysroot.reportUnverified(range.space, in: [range.addresses]) }
        try OutputFile(nil).write { out in
            if raw {
                range.writeRaw(to: out)
            } else if json {
                MemoryJSON.write(range, to: out)
            } else {
                MemoryReadText.write(range, to: out, .standardOutput)
            }
        }
        try finishMemory(checkpoint)
    }
}
