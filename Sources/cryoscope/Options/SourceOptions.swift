import ArgumentParser
import CheckpointModel
import SystemPackage

/// How a checkpoint is opened.
struct SourceOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Which container, by name, id or folder, where there are several (a pod, an image).", valueName: "name"))
    var container: String?

    @Option(
        help: ArgumentHelp(
            "Where large contents of compressed archives are unpacked, into files without names (default: TMPDIR, or /tmp).",
            valueName: "dir"))
    var spool: String?

    @Option(
        help: ArgumentHelp(
            """
            How many bytes an archive may unpack to; K, M or G behind the number stand for 2^10, 2^20 and 2^30 (default: \
            64G, or 256 times the archive's own size if that is more).
            """,
            valueName: "size"))
    var maxUnpacked: ByteCount?

    /// The options as the model has them, with a progress bar if standard error is a terminal.
    var openOptions: OpenOptions {
        var options = OpenOptions()
        options.container = container
        options.spoolFolder = spool.map(argumentPath)
        options.unpackedLimit = maxUnpacked?.value
        options.progress = ProgressBar.onStandardError()
        return options
    }
}
