import CheckpointAnalysis
import CheckpointModel
import CheckpointReport
import EvidenceText

/// Has every report made of a checkpoint. Text has to be fit for a terminal, and JSON to be UTF-8 without control bytes;
/// a checkpoint may not differ from itself.
func readEverything(_ checkpoint: Checkpoint) {
    let processes = checkpoint.processes.value ?? []
    writeTexts(checkpoint, processes)
    writeNamespaceTexts(checkpoint, processes)
    readMemory(checkpoint)
    writeAnalyses(checkpoint, processes)
    checkJSON { CheckpointDocument(fuzzSubject(checkpoint), .all).write(to: $0) }
    checkJSON { CheckpointDocument(fuzzSubject(checkpoint), .all, redacts: true).writeLines(to: $0) }
    checkText { out in
        for problem in checkpoint.problems { out.append(string: problem.description + "\n") }
    }
}

/// What documents about a checkpoint begin with.
func fuzzSubject(_ checkpoint: Checkpoint) -> CheckpointDocument.Subject {
    CheckpointDocument.Subject(
        checkpoint, checkpoint.processes.value ?? [], toolVersion: "fuzz", arguments: ["fuzz"])
}

private let style = TextStyle(width: 80)

private func writeTexts(_ checkpoint: Checkpoint, _ processes: [Process]) {
    let reports = processes.map { ProcessReport($0, in: checkpoint) }
    checkText { OverviewText(checkpoint, to: $0, style).write() }
    checkText { ProcessText.write(reports, to: $0, style) }
    checkText { ProcessDetailsText.write(checkpoint, processes, to: $0, style) }
    checkText { ThreadsText.write(checkpoint, processes, [.registers, .filters], to: $0, style) }
    checkText { SignalsText.write(checkpoint, processes, to: $0, style) }
    checkText { EnvironmentText.write(checkpoint, processes, to: $0, style) }
    checkText { FilesText.write(reports, checkpoint.architecture, to: $0, style) }
    checkText { FilesText.writeOthers(checkpoint, to: $0, style) }
    checkText { SocketsText.write(checkpoint, pids: nil, showsDetails: true, to: $0, style) }
    checkText { MapsText.write(reports, showsDetails: true, to: $0, style) }
    checkText { SharedMemoryText.write(checkpoint.sharedMemory, to: $0, style) }
    checkText { ContainerText.write(checkpoint, to: $0, style) }
}

private func writeNamespaceTexts(_ checkpoint: Checkpoint, _ processes: [Process]) {
    let selection = NamespaceSelection(checkpoint, processes)
    checkText { MountsText.write(selection, showsContent: true, to: $0, style) }
    checkText { NetworkText.write(selection, to: $0, style) }
    checkText { NamespacesText.write(selection, to: $0, style) }
    checkText { IPCText.write(selection, to: $0, style) }
    checkText { CgroupsText.write(checkpoint, processes, to: $0, style) }
}

/// Has the reports made that are of memory.
func readMemory(_ checkpoint: Checkpoint) {
    let processes = checkpoint.processes.value ?? []
    let files = RootFiles(checkpoint, sysroot: nil)
    let reports = processes.map { MemoryMapReport($0, in: checkpoint, files: files) }
    checkText { MemoryMapText.write(reports, to: $0, style) }
    checkJSON { MemoryJSON.write(reports, to: $0) }
    guard let pattern = try? SearchPattern(expression: "[a-z]{3,}=") else { return }
    let search = MemorySearch(checkpoint, MemorySelection(), files: files, pattern, context: 8, limit: 100)
    checkText { out in
        _ = try? search.run {
            SearchText(style).lines($0)
        } _: {
            out.append($0); return true
        }
    }
    let strings = MemoryStrings(checkpoint, MemorySelection(), files: files, .utf8, minimum: 4)
    checkText { out in
        _ = try? strings.run {
            StringsText(style).lines($0)
        } _: {
            out.append($1); return true
        }
    }
}

private func writeAnalyses(_ checkpoint: Checkpoint, _ processes: [Process]) {
    let verification = Verification(checkpoint)
    checkText { VerificationText.write(verification, of: checkpoint.name, to: $0, style) }
    checkJSON { VerificationDocument(checkpoint.name, fuzzSubject(checkpoint).tool, verification).write(to: $0) }
    let options = ProcessBacktrace.Options(
        files: RootFiles(checkpoint, sysroot: nil), debugFiles: DebugFiles(folder: nil, sysroot: nil), frameLimit: 50)
    for process in processes.prefix(4) {
        checkText { BacktraceText.write(ProcessBacktrace(process, in: checkpoint, options), to: $0, style) }
        _ = ELFCore.make(checkpoint, process)
    }
    let difference = CheckpointDifference(checkpoint, checkpoint)
    checkText { DifferenceText(difference, showsBytes: true, to: $0, style).write() }
    require(!difference.isDifferent, "the checkpoint differs from itself")
}

/// Text must have no control byte but newlines, no character that reorders others, and be UTF-8.
func checkText(_ write: (OutputBuffer) -> Void) {
    for scalar in collected(write).unicodeScalars {
        let isSafe = scalar == "\n" || !(scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value))
        let reorders = (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
        require(isSafe && !reorders, "a raw character \(scalar.value) is in text")
    }
}

/// JSON must have no control byte but newlines, and be UTF-8.
///
/// - Returns: The JSON.
@discardableResult
func checkJSON(_ write: (OutputBuffer) -> Void) -> String {
    let text = collected(write)
    for unit in text.utf8 where unit < 0x20 { require(unit == 0x0A, "a control byte \(unit) is in JSON") }
    return text
}

private func collected(_ write: (OutputBuffer) -> Void) -> String {
    let out = OutputBuffer()
    write(out)
    guard let text = String(validating: out.collected, as: UTF8.self) else { fatalError("output that is not UTF-8") }
    return text
}
