import ArgumentParser
import CheckpointModel
import CheckpointReport

/// `files`: the open files.
struct Files: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the open files, sockets included, with what they hold, watch and lock.",
        discussion: "PID/FD stands for a descriptor of a process.")

    @OptionGroup var options: CheckpointOptions

    func run() throws {
        try options.run(.files) { checkpoint, processes, screen in
            FilesText.write(
                processes.map { ProcessReport($0, in: checkpoint) }, checkpoint.architecture, to: screen.out,
                screen.style)
            if options.pids.isEmpty { FilesText.writeOthers(checkpoint, to: screen.out, screen.style) }
        }
    }
}
