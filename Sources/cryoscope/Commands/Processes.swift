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
