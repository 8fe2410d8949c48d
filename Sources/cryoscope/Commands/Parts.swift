import ArgumentParser
import CheckpointModel
import CheckpointReport

/// `ps`: the processes.
struct Processes: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ps", abstract: "List the processes, with their command lines.",
        discussion: "UID is the effective user id of the leader, in its user namespace.")

    @OptionGroup var options: CheckpointOptions

    @Flag(
        name: .long,
        help: "Print ids, capabilities, confinement, limits that are not the usual ones, and control groups instead.")
    var long = false

    func run() throws {
        try options.run(.processes) { checkpoint, processes, screen in
            if long { return ProcessDetailsText.write(checkpoint, processes, to: screen.out, screen.style) }
            ProcessText.write(processes.map { ProcessReport($0, in: checkpoint) }, to: screen.out, screen.style)
        }
    }
}

/// `maps`: the memory areas.
struct Maps: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the memory areas, as /proc/PID/maps does.",
        discussion: """
            DUMPED is how much of an area the images hold, those of parent snapshots included; memory that processes
            share has images of its own.
            """)

    @OptionGroup var options: CheckpointOptions

    func run() throws {
        try options.run(.memory) { checkpoint, processes, screen in
            MapsText.write(processes.map { ProcessReport($0, in: checkpoint) }, to: screen.out, screen.style)
        }
    }
}

/// `files`: the open files.
struct Files: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the open files, sockets included.")

    @OptionGroup var options: CheckpointOptions

    func run() throws {
        try options.run(.files) { checkpoint, processes, screen in
            FilesText.write(
                processes.map { ProcessReport($0, in: checkpoint) }, checkpoint.architecture, to: screen.out,
                screen.style)
        }
    }
}
