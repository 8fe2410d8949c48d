import ArgumentParser
import CheckpointAnalysis
import CheckpointModel
import CheckpointReport
import EvidenceText

/// `diff`: what changed between two checkpoints.
struct Diff: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show what changed between two checkpoints, or two images.")

    @Argument(help: ArgumentHelp("The first checkpoint.", valueName: "before"))
    var before: String

    @Argument(help: ArgumentHelp("The second checkpoint.", valueName: "after"))
    var after: String

    @OptionGroup var source: SourceOptions

    func run() throws {
        let old = try openCheckpoint(before, source.openOptions)
        let new = try openCheckpoint(after, source.openOptions)
        let difference = CheckpointDifference(old, new)
        try OutputFile(nil).write { out in DifferenceText(difference, to: out, .standardOutput).write() }
        try finish(old)
        try finish(new)
    }
}
