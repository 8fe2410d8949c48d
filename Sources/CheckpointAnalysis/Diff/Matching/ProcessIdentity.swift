internal import CheckpointModel
internal import EvidenceText

/// What tells a process from another one with the same id: its program, and where its address space begins.
///
/// Addresses are chosen at random by `execve`, so that two programs hardly ever have the same ones; `fork` hands them down.
struct ProcessIdentity: Sendable {
    let process: Process
    let executable: ByteText?
    /// The beginnings of code, stack and arguments; nil if the process has no memory, or it was not dumped.
    let start: Start?

    struct Start: Hashable, Sendable {
        let code: UInt64
        let stack: UInt64
        let arguments: UInt64
    }

    init(_ process: Process, in checkpoint: Checkpoint) {
        self.process = process
        let places = checkpoint.programPlaces(of: process).value
        executable = places?.executable.value
        start = places.map { Start(code: $0.codeStart, stack: $0.stackStart, arguments: $0.argumentStart) }
    }

    /// Whether both have one address space, as far as can be told; nil if one side has none.
    func hasSameStart(as other: ProcessIdentity) -> Bool? {
        guard let start, let otherStart = other.start else { return nil }
        return start == otherStart
    }

    /// Whether both are known to run one program.
    func hasSameExecutable(as other: ProcessIdentity) -> Bool {
        executable != nil && executable == other.executable
    }
}
