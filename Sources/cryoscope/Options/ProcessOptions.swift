import ArgumentParser
import CheckpointModel
import EvidenceText

/// The one process that a command is about.
struct ProcessOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("A directory of CRIU images, or an archive of one.", valueName: "checkpoint"))
    var checkpoint: String

    @Option(help: ArgumentHelp("The process.", valueName: "pid"))
    var pid: Int

    @OptionGroup var sysroot: SysrootOptions

    @OptionGroup var source: SourceOptions

    /// Opens the checkpoint.
    func open() throws -> Checkpoint { try openCheckpoint(checkpoint, source.openOptions) }

    /// The process.
    ///
    /// - Throws: ``CommandFailure`` if there is none with the id.
    func process(of checkpoint: Checkpoint) throws -> Process {
        guard let process = checkpoint.process(pid) else {
            throw CommandFailure(message: "\(checkpoint.name.forTerminal) has no process \(pid)")
        }
        return process
    }

    /// The memory of the process; if its areas are not known, its pages.
    ///
    /// - Throws: ``CommandFailure`` if there is no such process, or if its memory cannot be read.
    func addressSpace(of checkpoint: Checkpoint) throws -> AddressSpace {
        let files = try sysroot.files(of: checkpoint)
        if checkpoint.process(pid) == nil, let space = checkpoint.addressSpace(ofPagesOf: pid).value { return space }
        switch checkpoint.addressSpace(of: try process(of: checkpoint), files: files) {
        case .value(let space): return space
        case .missing(let absence):
            if let space = checkpoint.addressSpace(ofPagesOf: pid).value { return space }
            let detail = ByteText(absence.detail).forTerminal
            throw CommandFailure(message: "process \(pid) of \(checkpoint.name.forTerminal) has no memory: \(detail)")
        }
    }
}
