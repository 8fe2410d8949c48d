import ArgumentParser
import CheckpointAnalysis
import CheckpointModel
import CheckpointReport
import EvidenceText

/// `memory extract`: memory into a file.
struct MemoryExtract: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "extract", abstract: "Write memory into a file, with holes where it is absent.",
        discussion: """
            With --range, an offset in the file is the address less the first one. With --vma and --all, the areas follow \
            each other in the file by their addresses, without the gaps between them. The table that is printed tells where \
            each area is in the file, and how much of it is there: a hole reads as zeros, but says nothing of the memory.
            """)

    @OptionGroup var process: ProcessOptions

    @Option(
        name: .customLong("vma"),
        help: ArgumentHelp(
            "The areas of this name: a path or its last part, heap, stack, anonymous; may be repeated.",
            valueName: "name"))
    var names: [String] = []

    @Option(help: ArgumentHelp("The addresses A-B, in hexadecimal with 0x or decimal.", valueName: "a-b"))
    var range: AddressRange?

    @Flag(help: "All areas.")
    var all = false

    @Option(name: [.short, .customLong("out")], help: ArgumentHelp("The file.", valueName: "file"))
    var output: String

    @Flag(help: "Print the table as JSON.")
    var json = false

    func validate() throws {
        guard [!names.isEmpty, range != nil, all].filter({ $0 }).count == 1 else {
            throw ValidationError("Name what to extract: --vma, --range or --all.")
        }
    }

    func run() throws {
        let checkpoint = try process.open()
        let space = try process.addressSpace(of: checkpoint)
        guard space.listedPages == nil else {
            throw CommandFailure(
                message: "the memory areas of process \(process.pid) are not known: memory read prints its pages")
        }
        let extraction = try extraction(space)
        let result = try OutputFile(output).writeSparse { file in
            let result = try extraction.run { offset, bytes in try file.write(bytes, at: offset) }
            try file.setSize(result.size)
            return result
        }
        process.sysroot.reportUnverified(space, in: result.parts.map(\.addresses))
        let report = ExtractionReport(pid: process.pid, file: ByteText(output), result.parts, size: result.size)
        try OutputFile(nil).write { out in
            if json { report.writeJSON(to: out) } else { report.write(to: out, .standardOutput) }
        }
        try finishMemory(checkpoint)
    }

    /// - Throws: ``CommandFailure`` if no area has the name.
    private func extraction(_ space: AddressSpace) throws -> MemoryExtraction {
        if let range { return MemoryExtraction(space, range: range.range) }
        var selection = MemorySelection()
        selection.names = names.map { ByteText($0) }
        guard !selection.ranges(of: space.segments).isEmpty else {
            throw CommandFailure(message: "process \(process.pid) has no such memory area")
        }
        return MemoryExtraction(space, areas: selection)
    }
}
