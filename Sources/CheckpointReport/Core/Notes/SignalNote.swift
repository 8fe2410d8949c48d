internal import CheckpointModel

extension PendingSignal {
    /// NT_SIGINFO: the kernel's structure, filled to its size; nil if it cannot be told in the form of the target.
    ///
    /// - Parameter isCompat: Whether the task is a 32-bit one of a 64-bit kernel, which CRIU gets in the 64-bit form.
    func note(_ target: ELFTarget, isCompat: Bool) -> ELFNote? {
        guard isCompat else { return ELFNote(.core, PendingSignal.noteType, filled(bytes)) }
        var out = ELFBytes(target)
        for number in [signal.number, Int(errorNumber), Int(code)] { out.i32(number) }
        guard let detail = detail.value, out.detail(detail) else { return nil }
        return ELFNote(.core, PendingSignal.noteType, filled(out.bytes))
    }

    private static let noteType: UInt32 = 0x5349_4749
    private static let size = 128

    private func filled(_ bytes: [UInt8]) -> [UInt8] {
        let kept = bytes.prefix(PendingSignal.size)
        return kept + Array(repeating: 0, count: PendingSignal.size - kept.count)
    }
}

extension ELFBytes {
    /// Appends the part of a 32-bit `siginfo_t` that depends on the signal.
    ///
    /// - Returns: Whether it has a form.
    fileprivate mutating func detail(_ detail: SignalDetail) -> Bool {
        switch detail {
        case .sent(let sender): self.sender(sender)
        case .queued(let sender, let value):
            self.sender(sender)
            word(value.pointer)
        case .timer(let id, let overrun, let value):
            i32(Int(id))
            i32(Int(overrun))
            word(value.pointer)
        case .child(let child):
            sender(child.sender)
            i32(Int(child.status))
            word(UInt64(bitPattern: child.userTime))
            word(UInt64(bitPattern: child.systemTime))
        case .poll(let band, let descriptor):
            word(UInt64(bitPattern: band))
            i32(Int(descriptor))
        case .systemCall(let address, let number, let machine):
            word(address)
            i32(Int(number))
            u32(machine)
        case .fault(let fault): return self.fault(fault)
        }
        return true
    }

    private mutating func sender(_ sender: SignalSender) {
        i32(Int(sender.pid))
        u32(sender.uid)
    }

    private mutating func fault(_ fault: SignalFault) -> Bool {
        word(fault.address)
        switch fault.cause {
        case .none: break
        case .memoryError(let lowestBit): u16(UInt16(bitPattern: lowestBit))
        case .bounds(let lower, let upper): for part in [0, lower, upper] { word(part) }
        case .protectionKey(let key):
            word(0)
            u32(key)
        case .performance: return false
        }
        return true
    }
}
