import ArgumentParser
import CheckpointModel
import SystemPackage

/// Where the files of the dumped root file system are.
struct SysrootOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The root file system that was dumped: unchanged pages of mapped files are read below it.",
            valueName: "dir"))
    var sysroot: String?

    /// The files that processes map. Without a directory, nothing is read but the checkpoint.
    ///
    /// - Throws: `CheckpointError` if the directory cannot be opened.
    func files(of checkpoint: Checkpoint) throws -> RootFiles { RootFiles(checkpoint, sysroot: try root) }

    /// The directory; nil if the user names none.
    var root: SystemRoot? {
        get throws { try sysroot.map { try SystemRoot(path: FilePath($0)) } }
    }
}
