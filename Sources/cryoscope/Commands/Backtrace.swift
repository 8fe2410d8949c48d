import ArgumentParser
import CheckpointAnalysis
import CheckpointModel
import CheckpointReport
import EvidenceText
import SystemPackage

/// `bt`: where each thread was.
struct Backtrace: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bt", abstract: "Show where each thread was, and why.",
        discussion: """
            Stacks are unwound by call frame information of the mapped files, which are taken only if their build-id is \
            the recorded one; where it is missing, by frame pointers, and a frame says so. Files are read below --sysroot \
            and --debug-dir, and nowhere else: this machine's own only with --sysroot /.
            """)

    @OptionGroup var options: CheckpointOptions
    @OptionGroup var sysroot: SysrootOptions

    @Option(
        name: .customLong("debug-dir"),
        help: ArgumentHelp("A directory of debug files, such as /usr/lib/debug.", valueName: "dir"))
    var debugFolder: String?

    @Option(help: ArgumentHelp("How many frames of a thread are shown.", valueName: "n"))
    var limit = 1000

    func validate() throws {
        guard limit > 0 else { throw ValidationError("The limit must be at least 1.") }
    }

    func run() throws {
        let checkpoint = try openCheckpoint(options.checkpoint, options.source.openOptions)
        let processes = try options.processes(of: checkpoint)
        let unwinding = ProcessBacktrace.Options(
            files: try sysroot.files(of: checkpoint),
            debugFiles: DebugFiles(
                folder: try debugFolder.map { try SystemRoot(path: FilePath($0)) }, sysroot: try sysroot.root),
            frameLimit: limit)
        try OutputFile(nil).write { out in
            if options.json {
                BacktraceDocument(subject(checkpoint, processes), unwinding).write(to: out)
            } else {
                for (index, process) in processes.enumerated() {
                    if index > 0 { out.append("\n") }
                    BacktraceText.write(ProcessBacktrace(process, in: checkpoint, unwinding), to: out, .standardOutput)
                }
            }
        }
        try finish(checkpoint)
    }
}
