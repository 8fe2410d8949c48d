import CheckpointModel
import CheckpointReport
import EvidenceText

/// Opens what the user named.
func openCheckpoint(_ path: String, _ options: OpenOptions = OpenOptions()) throws -> Checkpoint {
    try Checkpoint(path: argumentPath(path), options)
}

/// The processes with given ids, or all of them if none is given, in the order of the tree.
///
/// - Throws: ``CommandFailure`` if there is no process with one of the ids.
func processes(_ pids: [Int], of checkpoint: Checkpoint) throws -> [Process] {
    let processes = checkpoint.processes.value ?? []
    let known = Set(processes.map(\.pid))
    if let unknown = pids.first(where: { !known.contains($0) }) {
        throw CommandFailure(message: "\(checkpoint.name.forTerminal) has no process \(unknown)")
    }
    let wanted = Set(pids)
    return processes.filter { wanted.isEmpty || wanted.contains($0.pid) }
}

/// How many problems are reported one by one: a badly damaged checkpoint has thousands.
private let shownProblems = 100

/// Reports what could not be read, and fails if there was anything.
///
/// - Throws: ``DamagedInput`` if there are problems.
func finish(_ checkpoint: Checkpoint) throws {
    if let absence = checkpoint.processes.absence, checkpoint.problems.isEmpty {
        report("\(checkpoint.name.forTerminal): no processes: \(absence.detail)")
        throw DamagedInput()
    }
    try finish(checkpoint.name, checkpoint.problems, listedBy: "export")
}

/// Reports what could not be read after a command that goes through memory: a pre-dump has memory without processes, and is
/// whole.
///
/// - Throws: ``DamagedInput`` if there are problems.
func finishMemory(_ checkpoint: Checkpoint) throws {
    if checkpoint.pagesOnlyPIDs.isEmpty { return try finish(checkpoint) }
    try finish(checkpoint.name, checkpoint.problems, listedBy: "export")
}

/// Reports problems, and fails if there are any.
///
/// - Parameter list: What lists all of them.
/// - Throws: ``DamagedInput`` if there are problems.
func finish(_ name: ByteText, _ problems: [Problem], listedBy list: String) throws {
    for problem in problems.prefix(shownProblems) {
        report("\(name.forTerminal): \(problem.description)")
    }
    if problems.count > shownProblems {
        let more = problems.count - shownProblems
        report("\(name.forTerminal): and \(more) problems more, which \(list) lists")
    }
    if !problems.isEmpty { throw DamagedInput() }
}

/// Reports what could not be read of checkpoints that were compared. A pre-dump, which has no processes, is whole.
///
/// - Throws: ``DamagedInput`` if there are problems.
func finishComparison(_ checkpoints: [Checkpoint]) throws {
    let problems = checkpoints.flatMap { checkpoint in checkpoint.problems.map { (checkpoint, $0) } }
    for (checkpoint, problem) in problems.prefix(shownProblems) {
        report("\(checkpoint.name.forTerminal): \(problem.description)")
    }
    if problems.count > shownProblems {
        report("and \(problems.count - shownProblems) problems more, which --json lists")
    }
    if !problems.isEmpty { throw DamagedInput() }
}

/// The input was damaged, and all of it has been reported.
struct DamagedInput: Error {}

/// What a document about a checkpoint, with the processes that were asked for, is about.
func subject(_ checkpoint: Checkpoint, _ processes: [Process]) -> CheckpointDocument.Subject {
    CheckpointDocument.Subject(
        checkpoint, processes, toolVersion: toolVersion, arguments: toolCall.arguments)
}
