public import CheckpointAnalysis
import CheckpointModel
public import EvidenceText

/// Prints where threads were: one paragraph for each, with the reason above its frames.
public struct BacktraceText {
    private let report: ProcessBacktrace
    private let out: OutputBuffer
    private let style: TextStyle

    /// Prints the threads of processes.
    ///
    /// - Parameters:
    ///   - report: A process.
    ///   - out: Where the text goes.
    ///   - style: How it is laid out.
    public static func write(_ report: ProcessBacktrace, to out: OutputBuffer, _ style: TextStyle) {
        BacktraceText(report: report, out: out, style: style).write()
    }

    private func line(_ text: String = "", _ role: TextStyle.Role? = nil) {
        out.append(string: style.paint(text, role))
        out.append("\n")
    }

    private func write() {
        let name = report.process.name.value?.forTerminal ?? "?"
        let state = report.process.state.value?.text ?? "state not known"
        line("process \(report.process.pid) \(name), \(state)", .heading)
        if let signal = report.stopSignal.value { line("stopped by \(signal.name)", .warning) }
        for signal in report.pendingSignals.value ?? [] { line("\(signal.phrase) waits for the process", .warning) }
        if let exit = report.process.exitCode.value {
            line(exit.text, .faint)
            return
        }
        for thread in report.threads {
            line()
            write(thread)
        }
        writeMissingModules()
    }

    // MARK: A thread

    private func write(_ thread: ThreadBacktrace) {
        let name = thread.thread.name.value?.forTerminal ?? "?"
        line("thread \(thread.thread.id) \(name): \(thread.thread.activity.phrase)", .name)
        for reason in thread.reasons { line("  " + reason, .warning) }
        switch thread.stack {
        case .missing(let absence): line("  no frames: " + ByteText(absence.detail).forTerminal, .faint)
        case .value(let stack):
            let width = "\(max(stack.frames.count - 1, 0))".count
            for (index, frame) in stack.frames.enumerated() { write(frame, index, width) }
            if stack.end.reason != .outermost {
                line("  … ends here: " + ByteText(stack.end.detail).forTerminal, .faint)
            }
        }
    }

    private func write(_ frame: StackFrame, _ index: Int, _ width: Int) {
        let number = "#\(index)".padding(to: width + 1)
        var source = frame.line
        var lines = frame.inlined.map { call -> (String, SourceLine?) in
            ("\(call.name.forTerminal) (inlined)", call.line)
        }
        if let last = lines.last, last.1 == nil { source = frame.line }
        lines.append((frame.isSignalFrame ? "<signal handler called> \(place(frame))" : place(frame), source))
        for (place, source) in lines {
            let file = source.map { "  \($0.text)" } ?? ""
            line("  \(number)  \(place)\(file)\(place == lines.last?.0 ? note(frame) : "")", role(frame))
        }
    }

    private func role(_ frame: StackFrame) -> TextStyle.Role? { frame.method == .guess ? .faint : nil }

    /// How a frame was found, where that is less than sure.
    private func note(_ frame: StackFrame) -> String {
        switch frame.method {
        case .registers, .callFrameInformation: ""
        case .framePointer: "  [frame pointer]"
        case .signalContext: "  [saved by the kernel]"
        case .guess: "  [guess: a return address on the stack]"
        }
    }

    private func place(_ frame: StackFrame) -> String {
        let module = frame.module.flatMap { report.modules.value?[$0] }
        if let function = frame.function {
            let name = module.map { " (\($0.shortName))" } ?? ""
            return "\(function.name.forTerminal)+\(hexadecimalWord(function.offset))\(name)"
        }
        guard let module else { return "\(hexadecimalWord(frame.address)) (no module)" }
        let offset = hexadecimalWord(module.address(of: frame.address))
        return "\(hexadecimalWord(frame.address)) (\(module.shortName)+\(offset))"
    }

    // MARK: Modules

    private func writeMissingModules() {
        let missing = report.missingModules
        guard !missing.isEmpty else { return }
        line()
        line("missing files, to be named with --sysroot or --debug-dir:", .warning)
        for module in missing {
            let buildID = module.recordedBuildID
            let name = buildID.isEmpty ? "build-id not recorded" : "build-id \(hexadecimalText(buildID))"
            line("  \(module.name.forTerminal)  \(name)")
            if let absence = module.file.absence { line("    " + ByteText(absence.detail).forTerminal, .faint) }
        }
    }
}

extension MappedModule {
    /// The last name of the path.
    var shortName: String {
        ByteText(name.bytes.split(separator: UInt8(ascii: "/")).last.map { Array($0) } ?? name.bytes).forTerminal
    }
}

extension SourceLine {
    /// The name of the file without its folders, and the line.
    var text: String {
        let name = ByteText(file.bytes.split(separator: UInt8(ascii: "/")).last.map { Array($0) } ?? file.bytes)
        return number > 0 ? "\(name.forTerminal):\(number)" : name.forTerminal
    }
}

extension String {
    /// The text filled with blanks.
    func padding(to width: Int) -> String { self + String(repeating: " ", count: max(width - count, 0)) }
}
