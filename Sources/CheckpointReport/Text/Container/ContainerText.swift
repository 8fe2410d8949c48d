public import CheckpointModel
public import EvidenceText

/// Prints all that there is to say of a container: what its engine noted, what it changed in its root file system, its
/// volumes and log, and how the dump went.
public struct ContainerText {
    private let checkpoint: Checkpoint
    private let lines: LabelledLines

    private init(_ checkpoint: Checkpoint, _ lines: LabelledLines) {
        self.checkpoint = checkpoint
        self.lines = lines
    }

    /// Prints.
    ///
    /// - Parameters:
    ///   - checkpoint: The checkpoint.
    ///   - out: Where the text goes.
    ///   - style: How it is laid out.
    public static func write(_ checkpoint: Checkpoint, to out: OutputBuffer, _ style: TextStyle) {
        ContainerText(checkpoint, LabelledLines(out: out, style: style)).write()
    }

    private func write() {
        lines.line("checkpoint", checkpoint.name.forTerminal, .name)
        switch checkpoint.container {
        case .value(let container): ContainerSections(container, checkpoint, lines).write()
        case .missing(let absence):
            lines.line("container", "none known: \(ByteText(absence.detail).forTerminal)", .warning)
            lines.line("streams", ifAny: streamsText(checkpoint.standardStreams))
        }
        FileSections(checkpoint, lines).write()
        DumpSections(checkpoint, lines).write()
    }
}

/// The targets of the standard streams in a line; nil if they are not recorded.
func streamsText(_ streams: Known<[ByteText]>) -> String? {
    streams.value.map { targets in
        targets.enumerated().map { "\($0.offset) \($0.element.forTerminal)" }.joined(separator: ", ")
    }
}
