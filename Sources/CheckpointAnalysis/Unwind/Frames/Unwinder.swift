internal import CheckpointModel
internal import EvidenceText

/// Walks the stack of a thread from frame to frame.
struct Unwinder {
    private let session: DwarfSession
    private let modules: ModuleMap
    private let memory: MemoryWords
    private let chains: FrameChains
    private let signals: SignalFrames
    private let limit: Int
    private var frames: [StackFrame] = []
    private var handled: [HandledSignal] = []

    init(
        _ session: DwarfSession, _ modules: ModuleMap, _ memory: MemoryWords, _ signals: SignalFrames, limit: Int
    ) {
        self.session = session
        self.modules = modules
        self.memory = memory
        self.signals = signals
        self.limit = limit
        chains = FrameChains(memory)
    }

    /// A frame on the way out.
    private struct Visit {
        var registers: FrameRegisters
        var method: StackFrame.Method
        /// Whether the instruction pointer is that of an instruction that was to be executed, and not of one behind a call.
        var isExact: Bool

        /// An address that belongs to the instruction that is executed.
        var address: UInt64 { isExact ? registers.instructionPointer : registers.instructionPointer &- 1 }
    }

    private enum Step {
        case caller(Visit)
        case end(StackEnd)
    }

    private struct Place: Hashable {
        let address: UInt64
        let stack: UInt64?
    }

    /// Walks to the outermost frame, or as far as it goes.
    mutating func walk(_ registers: FrameRegisters) -> ThreadStack {
        var visit = Visit(registers: registers, method: .registers, isExact: true)
        var seen: Set<Place> = []
        while true {
            let place = Place(address: visit.registers.instructionPointer, stack: visit.registers.stackPointer)
            guard seen.insert(place).inserted else {
                return stack(.init(reason: .loop, detail: "the stack leads back to a frame that it came from"))
            }
            guard frames.count < limit else {
                return stack(.init(reason: .limit, detail: "only \(limit) frames are shown"))
            }
            let step = step(visit)
            switch step {
            case .end(let end): return stack(end)
            case .caller(let caller): visit = caller
            }
        }
    }

    private func stack(_ end: StackEnd) -> ThreadStack {
        ThreadStack(frames: frames, end: end, handledSignals: handled)
    }

    // MARK: One frame

    /// Adds a frame, and finds its caller.
    private mutating func step(_ visit: Visit) -> Step {
        let module = modules.index(at: visit.address)
        let information = module.flatMap { session.callFrameInformation(at: visit.address, module: $0) }
        let isSignal =
            information?.isSignalFrame == true || signals.isRestorer(visit.registers.instructionPointer)
        if isSignal {
            handled.append(HandledSignal(frame: frames.count, information: signals.information(visit.registers)))
        }
        frames.append(frame(visit, module, isSignal: isSignal))
        if information != nil {
            switch session.step(visit.registers, by: visit.address) {
            case .caller(let caller):
                return check(.init(registers: caller, method: .callFrameInformation, isExact: isSignal), after: visit)
            case .outermost: return .end(.init(reason: .outermost, detail: "the outermost frame"))
            case .failed: break
            }
        }
        if isSignal, let saved = signals.interrupted(visit.registers) {
            return check(.init(registers: saved, method: .signalContext, isExact: true), after: visit)
        }
        return withoutInformation(visit, module, hasInformation: information != nil)
    }

    private func withoutInformation(_ visit: Visit, _ module: Int?, hasInformation: Bool) -> Step {
        if visit.isExact, let caller = chains.guess(visit.registers) {
            return check(.init(registers: caller, method: .guess, isExact: false), after: visit)
        }
        let lacking = hasInformation ? "the memory that is called for cannot be read" : lacking(module)
        switch chains.caller(of: visit.registers) {
        case .caller(let caller):
            return check(.init(registers: caller, method: .framePointer, isExact: false), after: visit)
        case .end where session.machine.hasBackChain:
            return .end(.init(reason: .outermost, detail: "the outermost frame: the chain of frames ends"))
        case .end where visit.method == .framePointer:
            return .end(.init(reason: .endOfChain, detail: "the chain of frames ends"))
        case .end: return end(.noUnwindInformation, lacking, "there is no frame pointer")
        case .broken(let detail): return end(.noUnwindInformation, lacking, detail)
        case .unreadable(let absence): return end(.unreadable, lacking, absence.detail)
        }
    }

    private func end(_ reason: StackEnd.Reason, _ lacking: String, _ detail: String) -> Step {
        .end(StackEnd(reason: reason, detail: "\(lacking), and \(detail)"))
    }

    private func lacking(_ module: Int?) -> String {
        if let absence = session.absence { return absence.detail }
        guard let module else { return "no module has the address" }
        let name = modules.modules[module].name.lastName.forTerminal
        return modules.modules[module].file.value == nil
            ? "\(name) is missing" : "\(name) has no call frame information for the function"
    }

    /// Whether what was found can be a caller.
    private func check(_ caller: Visit, after visit: Visit) -> Step {
        var caller = caller
        caller.registers.instructionPointer = plain(caller.registers.instructionPointer)
        let address = caller.registers.instructionPointer
        if address == 0 { return .end(.init(reason: .outermost, detail: "the outermost frame: it returns to nowhere")) }
        guard caller.isExact || memory.isExecutable(address) else {
            let detail = "the return address \(hexadecimal(address)) is not in memory that can be run"
            return .end(.init(reason: .badReturnAddress, detail: detail))
        }
        if !caller.isExact, let inner = visit.registers.stackPointer, let outer = caller.registers.stackPointer,
            outer < inner
        {
            return .end(.init(reason: .loop, detail: "the caller's frame would be below the called function's"))
        }
        return .caller(caller)
    }

    /// An address without the marks of 64-bit ARM that sign a pointer, and that of 32-bit ARM for short instructions.
    private func plain(_ address: UInt64) -> UInt64 {
        switch session.machine.elfMachine {
        case 183 where address >> 55 & 1 == 0: memory.isExecutable(address) ? address : address & 0xFFFF_FFFF_FFFF
        case 40: address & ~1
        default: address
        }
    }

    // MARK: What is there

    private func frame(_ visit: Visit, _ module: Int?, isSignal: Bool) -> StackFrame {
        // The restorer is returned to, but not from a call.
        let address = isSignal ? visit.registers.instructionPointer : visit.address
        var place = module.map { session.place(address, module: $0) } ?? CodePlace()
        if address != visit.registers.instructionPointer { place.offset = place.offset.addingOrMax(1) }
        let symbol = place.symbol.map(\.withoutVersion) ?? place.debugName
        return StackFrame(
            address: visit.registers.instructionPointer, stackPointer: visit.registers.stackPointer,
            method: visit.method, isSignalFrame: isSignal, module: module,
            function: symbol.map {
                FunctionPlace(name: Demangler.name($0) ?? $0, symbol: $0, offset: place.offset)
            }, line: place.line,
            inlined: place.inlined.map { InlinedCall(name: Demangler.name($0.name) ?? $0.name, line: $0.line) })
    }
}

extension ByteText {
    /// A symbol without the version that it has in a library: `read` for `read@@GLIBC_2.2.5`.
    fileprivate var withoutVersion: ByteText {
        guard let sign = bytes.firstIndex(of: UInt8(ascii: "@")), sign > 0 else { return self }
        return ByteText(Array(bytes[..<sign]))
    }

    /// The last name of a path.
    var lastName: ByteText {
        ByteText(bytes.split(separator: UInt8(ascii: "/")).last.map { Array($0) } ?? bytes)
    }
}
