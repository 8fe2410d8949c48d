import ArgumentParser
import CheckpointAnalysis
import CheckpointModel
import CheckpointReport
import EvidenceText

/// `memory search`: where a pattern stands.
struct MemorySearchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search", abstract: "Search memory, files and queues for text, bytes or a regular expression.",
        discussion: """
            Searched are the memory of all processes; memory that they share, once, each hit with those that map it; and \
            deleted files, unread data of pipes, terminals and sockets, and tmpfs files. What is contiguous in memory is \
            searched as one, across pages, areas and snapshots. Absent memory is not searched, and is no zeros.

            Text and bytes are found wherever they stand, also where they overlap themselves. Matches of an expression do \
            not overlap and are not empty; they are of bytes, so that . is one byte but a newline. One is at most 64 KiB \
            long, wherever it lies: what goes on behind that is as good as absent to the expression. ^ and $ are the ends of \
            contiguous memory. An expression that takes too many steps ends the search with a message.

            A line is: process, address, access rights, area, image and offset in it, and the match in brackets \
            among the bytes around it; file+0x is an offset in the file that the area maps, +0x alone one in shared \
            memory, a file or a queue. Hits come by process and address, then in shared memory by its number, then \
            in files and queues.

            Of a pre-dump, and of processes that were not dumped to their end, there are pages without areas: they are \
            searched, with a ? in place of the area, unless areas are selected by what they are.
            """)

    @Argument(help: ArgumentHelp("A directory of CRIU images, or an archive of one.", valueName: "checkpoint"))
    var checkpoint: String

    @OptionGroup var pattern: PatternOptions

    @OptionGroup(title: "Selection") var selection: SelectionOptions

    @OptionGroup var sysroot: SysrootOptions

    @OptionGroup var source: SourceOptions

    @Option(help: ArgumentHelp("How many bytes to show before and behind a match.", valueName: "n"))
    var context = 24

    @Option(help: ArgumentHelp("Stop after so many hits.", valueName: "n"))
    var limit: Int?

    @Flag(help: "Print JSON, one line for each hit.")
    var json = false

    func validate() throws {
        if !(0...4096).contains(context) { throw ValidationError("--context must be from 0 to 4096.") }
        if let limit, limit < 1 { throw ValidationError("--limit must be at least 1.") }
    }

    func run() throws {
        let pattern = try pattern.pattern()
        let checkpoint = try openCheckpoint(checkpoint, source.openOptions)
        let search = MemorySearch(
            checkpoint, try selection.selection(in: checkpoint), files: try sysroot.files(of: checkpoint), pattern,
            context: context, limit: limit)
        let (text, lines) = (SearchText(.standardOutput), SearchLines())
        try OutputFile(nil).write { out in
            let ending = try search.run { [json] hits in
                json ? lines.lines(hits) : text.lines(hits)
            } _: { made in
                out.append(made)
                return !out.hasFailed
            }
            try out.flush()
            if ending == .limited { report("there are more hits than \(limit ?? 0), the limit") }
        }
        try finishMemory(checkpoint)
    }
}
