import ArgumentParser
import CheckpointAnalysis
import CheckpointModel
import CheckpointReport
import EvidenceText

/// `memory strings`: the strings in memory.
struct MemoryStringsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "strings", abstract: "List the strings in memory, files and queues, with their addresses.",
        discussion: """
            A string is a run of printable characters and tabs, across pages, areas and snapshots. ascii: of ASCII. utf8: of \
            ASCII and well-formed UTF-8. utf16le and utf16be: letters and signs of the scripts of Europe and the Near East, \
            at any address. Of strings longer than 1 MiB the beginning is printed, and the length.
            """)

    @Argument(help: ArgumentHelp("A directory of CRIU images, or an archive of one.", valueName: "checkpoint"))
    var checkpoint: String

    @OptionGroup(title: "Selection") var selection: SelectionOptions

    @OptionGroup var sysroot: SysrootOptions

    @OptionGroup var source: SourceOptions

    @Option(help: ArgumentHelp("How many characters a string has at least.", valueName: "n"))
    var min = 4

    @Option(help: ArgumentHelp("ascii, utf8, utf16le or utf16be.", valueName: "encoding"))
    var encoding = Encoding.ascii

    @Flag(help: "Print JSON, one line for each string.")
    var json = false

    /// How the characters of strings are stored.
    enum Encoding: String, CaseIterable, ExpressibleByArgument {
        case ascii, utf8, utf16le, utf16be

        var encoding: StringEncoding {
            switch self {
            case .ascii: .ascii
            case .utf8: .utf8
            case .utf16le: .utf16le
            case .utf16be: .utf16be
            }
        }
    }

    func validate() throws {
        if !(1...4096).contains(min) { throw ValidationError("--min must be from 1 to 4096.") }
    }

    func run() throws {
        let checkpoint = try openCheckpoint(checkpoint, source.openOptions)
        let strings = MemoryStrings(
            checkpoint, try selection.selection(in: checkpoint), files: try sysroot.files(of: checkpoint),
            encoding.encoding, minimum: min)
        let (text, lines) = (StringsText(.standardOutput), StringsLines())
        try OutputFile(nil).write { out in
            var heading: String?
            _ = try strings.run { [json] batch in
                json ? lines.lines(batch) : text.lines(batch)
            } _: { place, made in
                if !json, heading != place.text {
                    if heading != nil { out.append("\n") }
                    text.writeHeading(place, to: out)
                    heading = place.text
                }
                out.append(made)
                return !out.hasFailed
            }
        }
        for name in strings.unverifiedFiles { SysrootOptions.reportUnverified(name) }
        try finishMemory(checkpoint)
    }
}
