import ArgumentParser
import CheckpointModel
import CheckpointReport

/// `container`: what a container engine noted beside the images.
struct ShowContainer: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "container",
        abstract: "Show what the container engine noted, changes of the root file system, volumes, logs, and the dump.")

    @OptionGroup var options: CheckpointOptions

    func run() throws {
        try options.run([.container]) { checkpoint, _, screen in
            ContainerText.write(checkpoint, to: screen.out, screen.style)
        }
    }
}
