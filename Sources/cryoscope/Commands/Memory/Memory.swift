import ArgumentParser

/// `memory`: what processes had in memory.
struct Memory: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Read and search the memory of processes.",
        discussion: """
            Memory is read by address, through parent snapshots, shared memory and deleted files. A byte that is not in the \
            images is never shown as a zero: it is absent, with the reason.
            """,
        subcommands: [
            MemoryMap.self, MemoryRead.self, MemorySearchCommand.self, MemoryStringsCommand.self, MemoryExtract.self,
        ])
}
