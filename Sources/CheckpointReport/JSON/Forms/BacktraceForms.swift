import CheckpointAnalysis
import CheckpointModel
import EvidenceText

extension Forms {
    /// The document of backtraces.
    static let backtraces = Form<BacktraceDocument>.object(
        "backtraces", "Where the threads of a checkpoint were.",
        [
            .must("format", .enumerated(["cryoscope-backtraces"]), "What the document is.") { _ in
                "cryoscope-backtraces"
            },
            .must("version", .integer, "The version of the form.") { _ in BacktraceDocument.version },
            .must("tool", tool, "What wrote the document.") { $0.subject.tool },
            .must("path", .text, "The checkpoint, as the user named it.") { $0.subject.checkpoint.name },
            .each("processes", processBacktrace, "The processes, each followed by its children.") { document, body in
                for process in document.subject.processes {
                    body(ProcessBacktrace(process, in: document.subject.checkpoint, document.options))
                }
            },
            .records("problems", problem, "What could not be read, or is not as it should be.") {
                $0.subject.checkpoint.problems
            },
        ])

    private static let processBacktrace = Form<ProcessBacktrace>.object(
        "process_backtrace", "Where the threads of a process were.",
        [
            .must("pid", .integer, "The process id.") { $0.process.pid },
            .known("name", .text, "The name of the leader (comm).") { $0.process.name },
            .known("state", .string, "What the process was doing.") { $0.process.state.map(\.text) },
            .known("stopped_by", signal, "The signal that stopped it.") { $0.stopSignal },
            .known("pending_signals", .list(pendingSignal), "The signals that wait for the process as a whole.") {
                $0.pendingSignals
            },
            .must("threads", .list(threadBacktrace), "Its threads, the leader first.") { report in
                report.threads.map { ThreadInModules(thread: $0, modules: report.modules.value ?? []) }
            },
            .known("modules", .list(mappedModule), "Programs and libraries that are mapped to run, by address.") {
                $0.modules
            },
        ])

    private static let threadBacktrace = Form<ThreadInModules>.object(
        "thread_backtrace", "Where a thread was.",
        [
            .must("tid", .integer, "The thread's id.") { $0.thread.thread.id },
            .known("name", .text, "The thread's name.") { $0.thread.thread.name },
            .known("activity", activity, "Whether it ran its program or was in a system call.") {
                $0.thread.thread.activity
            },
            .known("pending_signals", .list(pendingSignal), "The signals that wait for the thread.") {
                $0.thread.thread.pendingSignals
            },
            .known(
                "handled_signals", .list(handledSignal), "The signals whose handlers it was in, the innermost first."
            ) { $0.thread.stack.map(\.handledSignals) },
            .must("faults", .list(fault), "The addresses whose access failed.") { $0.thread.faults },
            .known("frames", .list(stackFrame), "Its frames, the innermost first.") { $0.frames },
            .known("end", stackEnd, "Why there are no more frames.") { $0.thread.stack.map(\.end) },
        ])
}

/// A thread with the modules that its frames are in.
private struct ThreadInModules: Sendable {
    let thread: ThreadBacktrace
    let modules: [MappedModule]

    var frames: Known<[FrameInModule]> {
        thread.stack.map { stack in
            stack.frames.enumerated().map { index, frame in
                FrameInModule(number: index, frame: frame, module: frame.module.map { modules[$0] })
            }
        }
    }
}

/// A frame with the module that it is in.
private struct FrameInModule: Sendable {
    let number: Int
    let frame: StackFrame
    let module: MappedModule?
}

extension Forms {
    private static let stackFrame = Form<FrameInModule>.object(
        "stack_frame", "A frame of a stack.",
        [
            .must("number", .integer, "Its number, 0 for the innermost.") { $0.number },
            .must("address", .hexadecimal, "The address of the next instruction.") { $0.frame.address },
            .optional("stack_pointer", .hexadecimal, "The stack pointer.") { $0.frame.stackPointer },
            .must("method", .enumerated(StackFrame.Method.allCases.map(\.rawValue)), "How the frame was found.") {
                $0.frame.method.rawValue
            },
            .must("signal_frame", .flag, "Whether the kernel made it to call a handler of a signal.") {
                $0.frame.isSignalFrame
            },
            .optional("module", .text, "The program or library that has the address.") { $0.module?.name },
            .optional("module_address", .hexadecimal, "The address in the file of the module, or behind its start.") {
                frame in frame.module.map { $0.address(of: frame.frame.address) }
            },
            .optional("function", .text, "The function, as the source has it.") { $0.frame.function?.name },
            .optional("symbol", .text, "The function, as the linker has it.") { $0.frame.function?.symbol },
            .optional("function_offset", .count, "How far the address is behind the function's start.") {
                $0.frame.function?.offset
            },
            .optional("file", .text, "The source file.") { $0.frame.line?.file },
            .optional("line", .integer, "The line in it.") { $0.frame.line?.number },
            .must("inlined", .list(inlinedCall), "Calls that the compiler replaced by code, the innermost first.") {
                $0.frame.inlined
            },
        ])

    private static let inlinedCall = Form<InlinedCall>.object(
        "inlined_call", "A call that the compiler replaced by the code of the function.",
        [
            .must("function", .text, "The function, as the source has it.") { $0.name },
            .optional("file", .text, "The source file.") { $0.line?.file },
            .optional("line", .integer, "The line in it.") { $0.line?.number },
        ])

    private static let stackEnd = Form<StackEnd>.object(
        "stack_end", "Why a stack has no more frames.",
        [
            .must("reason", .enumerated(StackEnd.Reason.allCases.map(\.rawValue)), "In a word.") {
                $0.reason.rawValue
            },
            .must("detail", .text, "In words.") { ByteText($0.detail) },
        ])

    private static let handledSignal = Form<HandledSignal>.object(
        "handled_signal", "A signal whose handler a thread was in.",
        [
            .must("frame", .integer, "The number of the frame that the kernel made.") { $0.frame },
            .known("signal", pendingSignal, "What the kernel told the handler.") { $0.information },
        ])

    private static let fault = Form<FaultPlace>.object(
        "fault", "An address whose access failed.",
        [
            .must("address", .hexadecimal, "The address.") { $0.address },
            .must("mapped", .flag, "Whether an area has it.") { $0.segment != nil },
            .must("text", .text, "What is mapped there, in words.") { ByteText($0.text) },
        ])

    private static let mappedModule = Form<MappedModule>.object(
        "module", "A program or library that is mapped to run.",
        [
            .must("name", .text, "The path, or [vdso].") { $0.name },
            .must("start", .hexadecimal, "The first address.") { $0.addresses.lowerBound },
            .must("end", .hexadecimal, "The address behind the last.") { $0.addresses.upperBound },
            .must("build_id", .bytes, "The build id that the images have; empty if they have none.") {
                $0.recordedBuildID
            },
            .known("file", moduleFile, "Its ELF file.") { $0.file },
        ])

    private static let moduleFile = Form<ModuleFile>.object(
        "module_file", "The ELF file of a module.",
        [
            .must(
                "source", .enumerated(["image", "changes", "sysroot", "debug-files", "memory"]), "Where it was read."
            ) { $0.file.source.word },
            .must("verified_by", .enumerated(["image", "build-id", "pages"]), "Why it is taken to be the one mapped.") {
                $0.verification.word
            },
            .must("bias", .hexadecimal, "What has to be added to addresses in the file.") { $0.bias },
        ])
}

extension RootFile.Source {
    fileprivate var word: String {
        switch self {
        case .deletedFile: "image"
        case .changes: "changes"
        case .sysroot: "sysroot"
        case .debugFiles: "debug-files"
        case .memory: "memory"
        }
    }
}

extension FileVerification {
    /// The files of modules are verified, all of them.
    fileprivate var word: String {
        switch self {
        case .imaged, .unverified: "image"
        case .buildID: "build-id"
        case .pages: "pages"
        }
    }
}
