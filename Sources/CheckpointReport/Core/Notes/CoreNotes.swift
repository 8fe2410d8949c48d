internal import CheckpointModel

/// The notes of a core, in the kernel's order: the first thread with what is said of the process, then the others.
struct CoreNotes {
    let machine: any CoreMachine
    let process: Process
    let threads: [CoreThread]
    let struck: StruckSignal?

    var target: ELFTarget { machine.target }

    /// - Parameter ofProcess: What is said of the process behind the status of its first thread.
    func bytes(ofProcess notes: [ELFNote]) -> [UInt8] {
        var out = ELFBytes(target)
        for (index, thread) in threads.enumerated() {
            let others = machine.others(thread.registers)
            out.note(status(of: thread, hasFloatingPoint: others.contains { $0.type == RegisterNote.floatingPoint }))
            if index == 0 { notes.forEach { out.note($0) } }
            others.forEach { out.note($0) }
        }
        return out.bytes
    }

    /// `struct elf_prstatus`. How long the thread ran is not in the images: the times are 0.
    private func status(of thread: CoreThread, hasFloatingPoint: Bool) -> ELFNote {
        let general = machine.general(thread.registers)
        let signal = UInt64(clamping: struck?.information.signal.number ?? 0)
        return ELFNote(.core, 1, target) { out in
            out.u32(UInt32(truncatingIfNeeded: signal))
            out.zeros(8)
            out.u16(UInt16(truncatingIfNeeded: signal))
            out.zeros(2)
            out.word(thread.details.pendingSignals.value?.mask ?? 0)
            out.word(thread.details.blockedSignals.value?.mask ?? 0)
            for id in [thread.details.id] + process.kinship { out.i32(id) }
            for _ in 0..<8 { out.word(0) }
            out.append(general)
            out.u32(hasFloatingPoint ? 1 : 0)
            out.align(to: target.wordSize)
        }
    }
}

extension [PendingSignal] {
    /// Signals 1 to 64 that wait, the first in the lowest bit.
    fileprivate var mask: UInt64 {
        reduce(0) { mask, pending in
            let number = pending.signal.number
            return (1...64).contains(number) ? mask | 1 << UInt64(number - 1) : mask
        }
    }
}
