import ArgumentParser

/// `memory`: what processes had in memory.
struct Memory: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Read and search the memory of processes.",
        discussion: """
            Memory is read by address, through parent snapshots, shared memory and deleted files. A byte that is not in the \
            images is never shown as a zero: it is absent, with the reason.

            criu dedup and --auto-dedup make holes in pages images, of pages that a newer dump superseded; copies make holes \
            of zeros. Both read as zeros. In a directory it is told of such pages that they are in holes; in an archive \
            holes cannot be seen.
            """,
        subcommands: [
            MemoryMap.self, MemoryRead.self, MemorySearchCommand.self, MemoryStringsCommand.self, MemoryExtract.self,
        ])
}
