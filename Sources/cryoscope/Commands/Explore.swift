import ArgumentParser
import CheckpointModel
import CheckpointReport
import EvidenceText
import SystemPackage

/// `x`: the text that crit's explorers print.
struct Explore: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "x", abstract: "Explore a directory of images, as crit does.")

    /// What can be explored.
    enum Subject: String, CaseIterable, ExpressibleByArgument {
        case ps, fds, mems, rss, sk
    }

    @Argument(help: ArgumentHelp("The directory.", valueName: "dir"))
    var directory: String

    @Argument(help: ArgumentHelp("ps, fds, mems, rss or sk.", valueName: "what"))
    var subject: Subject

    @OptionGroup var source: SourceOptions

    func run() throws {
        let checkpoint = try openCheckpoint(directory, source.openOptions)
        try OutputFile(nil).write { out in
            let explorer = CritExplorer(checkpoint, to: out)
            switch subject {
            case .ps: explorer.processTree()
            case .fds: explorer.descriptors()
            case .mems: explorer.memoryAreas()
            case .rss: explorer.residentPages()
            case .sk: explorer.sockets()
            }
        }
        try finish(checkpoint)
    }
}
