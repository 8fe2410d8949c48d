internal import CRIUImages

/// Finds the frames that the kernel made on a stack to run a signal handler, on x86-64 (`struct rt_sigframe`).
///
/// The frame begins with the address that the handler returns to, which the program told the kernel with the handler. The
/// stack is searched for it upwards from the stack pointer. Old frames can lie in unused parts of the stack, so that all
/// else has to agree as well: alignment, the signal's handler, the mask, and where the floating point registers are.
struct SignalFrameFinder {
    private let actions: [Int: SignalAction]
    private let restorers: Set<UInt64>
    private let space: AddressSpace
    private let layout = SignalLayout(.x86_64)

    /// How much of a stack is searched.
    private static let limit: UInt64 = 8 << 20

    /// Nil if no handler gets what the kernel was told of its signal (`SA_SIGINFO`): then frames do not have it.
    init?(_ process: ProcessDetails, _ space: AddressSpace) {
        let handlers = (process.signalActions.value ?? []).filter {
            $0.handler != nil && $0.flags & 4 != 0 && $0.restorer != 0 && !$0.isCompat
        }
        guard !handlers.isEmpty else { return nil }
        actions = Dictionary(handlers.map { ($0.signal.number, $0) }) { first, _ in first }
        restorers = Set(handlers.map(\.restorer))
        self.space = space
    }

    /// The innermost frame of a wanted signal on the stack of a thread; nil if there is none.
    func frame(of thread: ThreadDetails, isWanted: (Signal) -> Bool) -> StruckSignal? {
        guard let registers = thread.registers.value, registers.architecture == .x86_64, !registers.isCompat,
            let start = registers.stackPointer.value, let area = space.segment(at: start),
            let blocked = thread.blockedSignals.value
        else { return nil }
        var found: StruckSignal?
        let (limit, overflow) = start.addingReportingOverflow(SignalFrameFinder.limit)
        let end = overflow ? area.addresses.upperBound : min(area.addresses.upperBound, limit)
        guard end > start else { return nil }
        space.forEachStretch(in: start..<end) { stretch in
            guard found == nil, let bytes = stretch.bytes else { return }
            for address in candidates(bytes, at: stretch.addresses.lowerBound) {
                guard let signal = signal(inFrameAt: address, blocked), isWanted(signal.signal) else { continue }
                found = StruckSignal(threadID: thread.id, information: signal, frameAddress: address)
                return
            }
        }
        return found
    }

    /// The addresses at which a frame could begin: always 8 bytes off a multiple of 16.
    private func candidates(_ bytes: MemoryStretch.Bytes, at address: UInt64) -> [UInt64] {
        let first = Int((24 - address % 16) % 16)
        return bytes.withUnsafeBytes { buffer in
            stride(from: first, to: buffer.count - 7, by: 16).filter {
                restorers.contains(UInt64(littleEndian: buffer.loadUnaligned(fromByteOffset: $0, as: UInt64.self)))
            }.map { address + UInt64($0) }
        }
    }

    private func signal(inFrameAt address: UInt64, _ blocked: SignalSet) -> PendingSignal? {
        let (end, overflow) = address.addingReportingOverflow(UInt64(X86SignalFrame.size))
        guard !overflow, let bytes = space.bytes(in: address..<end).value else { return nil }
        func word(_ offset: Int) -> UInt64 {
            bytes[offset..<(offset + 8)].reversed().reduce(0) { $0 << 8 | UInt64($1) }
        }
        let origin = origin(of: address)
        let information = Array(bytes[X86SignalFrame.information..<X86SignalFrame.size])
        guard let signal = PendingSignal(parsing: information, layout, origin),
            let action = actions[signal.signal.number], action.restorer == word(0)
        else { return nil }
        // The bits of the flags that the kernel knows, and no chain of contexts.
        guard word(X86SignalFrame.flags) & ~7 == 0, word(X86SignalFrame.link) == 0 else { return nil }
        let floatingPoint = word(X86SignalFrame.floatingPoint)
        guard floatingPoint == 0 || floatingPoint >= end && floatingPoint % 16 == 0 else { return nil }
        // While the handler runs, what was blocked before still is, and so is the signal, unless it may nest.
        let mayNest = action.flags & 0x4000_0000 != 0
        guard word(X86SignalFrame.mask) & ~blocked.mask == 0, mayNest || blocked.contains(signal.signal.number) else {
            return nil
        }
        return signal
    }

    private func origin(of address: UInt64) -> Origin {
        guard case .image(_, let name, _) = space.stretch(at: address, before: address + 1).origin else {
            return Origin("pages")
        }
        return Origin(name)
    }
}
