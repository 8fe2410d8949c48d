import CheckpointAnalysis

/// A descriptor of a process that leads to a file.
struct FileHolder: Sendable {
    let process: ProcessPair
    let number: UInt32

    /// What tells the descriptor from others.
    var key: Key { Key(process: process.key, number: number) }

    struct Key: Hashable {
        let process: ProcessPair.Key
        let number: UInt32
    }
}

/// An open file that both sides have under the same descriptor.
struct FoundFile: Sendable {
    let file: FilePair
    let holder: FileHolder
}
