public import CheckpointModel
public import EvidenceText

/// Prints the environments that processes were started with.
public struct EnvironmentText {
    /// Prints the environments of processes, one word a line. Nothing is cut.
    ///
    /// - Parameters:
    ///   - checkpoint: The checkpoint.
    ///   - processes: The processes.
    ///   - out: Where the text goes.
    ///   - style: How it is laid out.
    public static func write(
        _ checkpoint: Checkpoint, _ processes: [Process], to out: OutputBuffer, _ style: TextStyle
    ) {
        for (index, process) in processes.enumerated() {
            if index > 0 { out.append("\n") }
            writeHeading(process, to: out, style)
            switch checkpoint.environment(checkpoint.memory(of: process)) {
            case .missing(let absence): writeAbsence(absence, to: out, style)
            case .value(let words):
                for word in words {
                    out.append(word)
                    out.append("\n")
                }
            }
        }
    }
}
