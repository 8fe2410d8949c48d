import ArgumentParser
import CheckpointModel
import CheckpointReport

/// `memory map`: where the pages of processes are.
struct MemoryMap: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "map", abstract: "Show where the pages of each memory area are.",
        discussion: """
            Columns count pages. PRESENT: in this dump. PARENT: in parent snapshots. SHARED: in memory that processes \
            share. FILE: in the image of a deleted file, or below --sysroot. LAZY: left behind when dumping. ABSENT: nowhere in the images, for \
            the reason that is told. ZERO: of those that are there, the ones that hold only zeros.
            """)

    @OptionGroup var options: CheckpointOptions

    @OptionGroup var sysroot: SysrootOptions

    func run() throws {
        let checkpoint = try openCheckpoint(options.checkpoint, options.source.openOptions)
        let files = try sysroot.files(of: checkpoint)
        let reports = try options.processes(of: checkpoint).map { MemoryMapReport($0, in: checkpoint, files: files) }
        try OutputFile(nil).write { out in
            if options.json {
                MemoryJSON.write(reports, to: out)
            } else {
                MemoryMapText.write(reports, to: out, .standardOutput)
            }
        }
        try finish(checkpoint)
    }
}
