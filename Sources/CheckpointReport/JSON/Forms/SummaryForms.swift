import CheckpointModel
import EvidenceText

/// A descriptor with what it leads to, in short.
struct DescriptorSummary: Sendable {
    let descriptor: Descriptor
    let checkpoint: Checkpoint

    init(_ descriptor: Descriptor, _ checkpoint: Checkpoint) {
        (self.descriptor, self.checkpoint) = (descriptor, checkpoint)
    }

    var file: Known<OpenFile> { descriptor.file }

    /// What it leads to: a path, or the addresses of a socket.
    var target: Known<ByteText> {
        file.flatMap { file in
            guard let socket = SocketReport(file, checkpoint) else { return file.target }
            return .value(ByteText("\(socket.socket.protocolName) \(socket.localText) ↔ \(socket.peerText)"))
        }
    }
}

/// What is told of things that came or went.
extension Forms {
    /// A process in short.
    static let processSummary = Form<ProcessReport>.object(
        "process_summary", "A process in short.",
        [
            .must("pid", .processID, "The process id.") { $0.process.pid },
            .known("ppid", .processID, "The parent's process id.") { $0.process.parentID },
            .known("name", .text, "The name of the leader (comm).") { $0.process.name },
            .known("state", .string, "What the process was doing.") { $0.process.state.map(\.text) },
            .known("executable", .text, "The path of its program.") { $0.executable },
            .known("arguments", .arguments, "Its command line.") { $0.arguments },
            .must("threads", .integer, "How many threads it has.") { $0.process.threads.count },
            .known("descriptors", .integer, "How many descriptors it has.") { $0.descriptors.map(\.count) },
        ]
    ).asOne

    /// A descriptor in short.
    static let descriptorSummary = Form<DescriptorSummary>.object(
        "fd_summary", "A descriptor in short.",
        [
            .must("type", .string, "The sort of file.") { typeText($0.descriptor) },
            .known("target", .text, "What it leads to: a path, or the addresses of a socket.") { $0.target },
            .known("position", .count, "The offset in the file, in bytes.") { $0.file.flatMap(\.position) },
            .known("flags", .strings, "The flags of open.") { summary in
                summary.file.flatMap(\.flags).map { OpenFlags($0, summary.checkpoint.architecture).flagNames }
            },
            .must("close_on_exec", .flag, "Whether it is closed by execve.") { $0.descriptor.isClosedOnExec },
        ]
    ).asOne
}
