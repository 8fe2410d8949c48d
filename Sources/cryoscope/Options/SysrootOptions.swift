import ArgumentParser
import CheckpointModel
import EvidenceText
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

    /// Says on standard error which files bytes are taken from that are not known to be the ones that were mapped: in
    /// bytes alone nothing tells.
    func reportUnverified(_ space: AddressSpace, in ranges: [Range<UInt64>]) {
        var names: Set<ByteText> = []
        for range in ranges {
            space.forEachStretch(in: range) { stretch in
                guard case .file(let name, _, isVerified: false) = stretch.origin, names.insert(name).inserted else {
                    return
                }
                SysrootOptions.reportUnverified(name)
            }
        }
    }

    /// Says so of one file.
    static func reportUnverified(_ name: ByteText) {
        report("\(name.forTerminal): this file is not known to be the one that was mapped")
    }

    /// The directory; nil if the user names none.
    var root: SystemRoot? {
        get throws { try sysroot.map { try SystemRoot(path: FilePath($0)) } }
    }
}
