public import CheckpointModel
public import EvidenceText

/// All that is told of one process, read once and rendered as text or JSON.
public struct ProcessReport: Sendable {
    /// The checkpoint that the process is of.
    public let checkpoint: Checkpoint
    /// The process.
    public let process: Process
    /// The path of its program.
    public let executable: Known<ByteText>
    /// Its command line.
    public let arguments: Known<[ByteText]>
    /// The environment that it was started with.
    public let environment: Known<[ByteText]>
    /// Its current directory, root directory and umask.
    public let directories: Known<ProcessDirectories>
    /// Its memory.
    public let memory: Known<ProcessMemory>
    /// Its descriptors.
    public let descriptors: Known<[Descriptor]>

    /// Reads a process.
    ///
    /// - Parameters:
    ///   - process: The process.
    ///   - checkpoint: The checkpoint that it is of.
    public init(_ process: Process, in checkpoint: Checkpoint) {
        self.checkpoint = checkpoint
        self.process = process
        memory = checkpoint.memory(of: process)
        executable = checkpoint.executable(memory)
        arguments = checkpoint.arguments(memory)
        environment = checkpoint.environment(memory)
        directories = checkpoint.directories(of: process)
        descriptors = checkpoint.descriptors(of: process)
    }
}

extension ProcessReport {
    /// What else the images tell of it. It is read anew each time.
    var details: ProcessDetails { checkpoint.details(of: process) }

    /// What the images tell of its threads. It is read anew each time.
    var threads: [ThreadDetails] { checkpoint.threads(of: process, memory: memory) }

    /// The user ids of its leader. They are read anew each time.
    var user: Known<Credentials.Identity> {
        checkpoint.leader(of: process)?.credentials.map(\.user)
            ?? .missing(Absence(.notRecorded, "the process has no threads"))
    }

    /// What the process ran: its command line, or its name in brackets where there is none.
    var command: String {
        if let words = arguments.value, !words.isEmpty { return commandText(titled(words)) }
        let name = "[" + (process.name.value?.forTerminal ?? "?") + "]"
        guard let exit = process.exitCode.value else { return name }
        return name + " " + exit.text
    }

    /// A title that a program writes over its arguments leaves a row of NULs behind, which read as empty words.
    private func titled(_ words: [ByteText]) -> [ByteText] {
        let rest = words.dropFirst()
        return rest.count > 2 && rest.allSatisfy(\.isEmpty) ? Array(words.prefix(1)) : words
    }

    /// How many bytes of memory the dump has, in this snapshot and its parents; nil if it is not known.
    var dumpedBytes: UInt64? {
        memory.value.flatMap { memory in memory.pageRuns.value.map { _ in memory.dumpedBytes(memory.pages) } }
    }
}

extension ExitCode {
    /// How the process ended, in words.
    var text: String {
        switch self {
        case .exited(let status): "exited \(status)"
        case .killed(let signal, let dumpedCore):
            "killed by \(signal.name)" + (dumpedCore ? ", core dumped" : "")
        }
    }
}

extension ProcessState {
    /// The state as a word, or its number.
    var text: String { name ?? "state \(rawValue)" }

    var role: TextStyle.Role? {
        switch self {
        case .alive: .good
        case .stopped: .warning
        case .zombie, .dead: .bad
        default: nil
        }
    }
}
