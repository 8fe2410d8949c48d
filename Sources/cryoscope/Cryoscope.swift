import ArgumentParser

/// The version of the tool, as `--version` and the exports tell it.
let toolVersion = "0.1.0"

/// The command line: arguments to calls to an exit status.
@main
struct Cryoscope: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cryoscope",
        abstract: "Show what was running inside a CRIU checkpoint.",
        discussion: """
            CHECKPOINT is a directory of CRIU images, or an archive of one as container engines make it. Evidence is opened read-only.

            Exit status: 0 all was read (diff: and is the same; verify: and is whole), 1 diff found \
            differences or verify faults, 2 damaged or unreadable input (what \
            could be read is printed), 64 wrong usage.

            Environment: TMPDIR is where files without names go, for what has to be unpacked or read twice (default: /tmp); \
            NO_COLOR turns colour off if it is not empty; TERM is the terminal, and dumb turns colour and progress off; \
            COLUMNS is the width of a terminal that does not tell it; SOURCE_DATE_EPOCH is the time that a manifest says it \
            was made at, in seconds since 1970.
            """,
        version: toolVersion,
        groupedSubcommands: [
            CommandGroup(
                name: "Checkpoints:",
                subcommands: [
                    Show.self, Processes.self, Threads.self, Backtrace.self, Signals.self, Environment.self,
                    Files.self, Sockets.self, Maps.self, Memory.self, Mounts.self, Network.self, Namespaces.self,
                    IPC.self,
                    Cgroups.self, ShowContainer.self, Diff.self, Verify.self, MakeManifest.self, Recover.self,
                    Export.self, Schema.self,
                ]),
            CommandGroup(
                name: "Images (as CRIU's crit):",
                subcommands: [Decode.self, Encode.self, Info.self, Explore.self]),
        ]
    )

    static func main() {
        occupyStandardStreams()
        prepareSignals()
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            finish(with: error)
        }
    }
}
