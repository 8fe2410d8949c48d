import ArgumentParser
import CheckpointModel
import CheckpointReport
import EvidenceText
import SystemPackage

/// `recover`: what no file system has any more, as files.
struct Recover: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write deleted files, memory, queues and contents of tmpfs to files.",
        discussion: """
            The files have names of the tool's own, such as ghost-1 or tcp-inq-4; index.json beside them tells what each \
            was called, where it was read, its size and SHA-256, and what of it is missing. Exit status 2 if anything is.
            """)

    @OptionGroup var options: CheckpointOptions

    @Option(
        name: [.short, .customLong("out")],
        help: ArgumentHelp("The folder to make; one that is there must be empty.", valueName: "dir"))
    var output: String

    func run() throws {
        let checkpoint = try openCheckpoint(options.checkpoint, options.source.openOptions)
        let pids = Set(try options.processes(of: checkpoint).map(\.pid))
        let contents = checkpoint.recoverableContents.filter { content in
            options.pids.isEmpty || content.uses.contains { $0.pid.map(pids.contains) == true }
        }
        let folder = try RecoveryFolder(output)
        let (items, failure) = write(contents, to: folder)
        let index = RecoveryIndex(checkpoint.name, toolVersion: toolVersion, items)
        do throws(Errno) {
            try folder.writeText(as: "index.json") { index.writeJSON(to: $0) }
        } catch {
            throw failure ?? CommandFailure(message: "\(output)/index.json cannot be written: \(error)")
        }
        try OutputFile(nil).write { out in
            if options.json { index.writeJSON(to: out) } else { index.writeTable(to: out, .standardOutput) }
        }
        if let failure { throw failure }
        try finish(checkpoint)
        if items.contains(where: { !$0.isComplete }) { throw DamagedInput() }
    }

    /// Writes contents, up to the first that there is no room for.
    private func write(
        _ contents: [RecoverableContent], to folder: borrowing RecoveryFolder
    ) -> (items: [RecoveredItem], failure: CommandFailure?) {
        var items: [RecoveredItem] = []
        for (number, content) in contents.enumerated() {
            let name = "\(content.kind.rawValue)-\(number + 1)"
            do throws(Errno) {
                try folder.write(content.content, as: name)
                items.append(RecoveredItem(fileName: name, source: content, missing: content.content.missingParts))
            } catch {
                report("\(output)/\(name) cannot be written: \(error)")
                items.append(RecoveredItem(fileName: name, source: content, missing: [], failure: "\(error)"))
                guard error == .fileTooLarge else {
                    let message =
                        "\(output) cannot be written: \(error); \(contents.count - number) files are not there"
                    return (items, CommandFailure(message: message))
                }
            }
        }
        return (items, nil)
    }
}
