internal import CElfutils
internal import CheckpointModel

/// What elfutils made of a frame.
enum DwarfStep {
    /// The frame of the caller.
    case caller(FrameRegisters)
    /// There is no caller: the frame is the outermost.
    case outermost
    /// It could not be done; the detail says why.
    case failed(String)
}

/// What call frame information says of an address.
struct CallFrameInformation {
    /// Whether the frame is one in which the kernel saved the registers of a program that a signal struck.
    let isSignalFrame: Bool
}

extension DwarfSession {
    /// The call frame information for an address; nil if its module has none.
    ///
    /// - Parameters:
    ///   - address: The address.
    ///   - module: The place of the module that has it.
    func callFrameInformation(at address: UInt64, module: Int) -> CallFrameInformation? {
        guard absence == nil, let handle = handles[module] else { return nil }
        var bias: Dwarf_Addr = 0
        if let found = find(dwfl_module_eh_cfi(handle, &bias), address &- bias) { return found }
        return find(dwfl_module_dwarf_cfi(handle, &bias), address &- bias)
    }

    private func find(_ cfi: OpaquePointer?, _ address: Dwarf_Addr) -> CallFrameInformation? {
        var frame: OpaquePointer?
        guard let cfi, dwarf_cfi_addrframe(cfi, address, &frame) == 0, let frame else { return nil }
        defer { free(UnsafeMutableRawPointer(frame)) }
        var isSignalFrame = false
        guard dwarf_frame_info(frame, nil, nil, &isSignalFrame) >= 0 else { return nil }
        return CallFrameInformation(isSignalFrame: isSignalFrame)
    }

    /// Unwinds one frame by call frame information.
    ///
    /// - Parameters:
    ///   - registers: The registers in the frame.
    ///   - address: By which address the information is found: that of the next instruction, or, where that follows a
    ///     call, one within the call.
    func step(_ registers: FrameRegisters, by address: UInt64) -> DwarfStep {
        var start = registers
        start.instructionPointer = address
        (current, caller) = (start, nil)
        let result = frames { frame, session in
            Unmanaged<DwarfSession>.fromOpaque(session!).takeUnretainedValue().visit(frame)
        }
        if let caller { return .caller(caller) }
        return result < 0 ? .failed(String(cString: dwfl_errmsg(-1))) : .outermost
    }

    /// Sees the frame itself first, and then its caller.
    private func visit(_ frame: OpaquePointer?) -> Int32 {
        guard let frame, let current else { return Int32(DWARF_CB_ABORT) }
        guard visitsCaller else {
            visitsCaller = true
            return Int32(DWARF_CB_OK)
        }
        var address: Dwarf_Addr = 0
        guard dwfl_frame_pc(frame, &address, nil) else { return Int32(DWARF_CB_ABORT) }
        var values: [Int: UInt64] = [:]
        for (number, _) in current.machine.registers {
            var value: Dwarf_Word = 0
            if dwfl_frame_reg(frame, UInt32(number), &value) == 0 { values[number] = value }
        }
        caller = FrameRegisters(current.machine, values: values, instructionPointer: address)
        return Int32(DWARF_CB_ABORT)
    }

    static var unwindCallbacks: Dwfl_Thread_Callbacks {
        Dwfl_Thread_Callbacks(
            next_thread: { _, _, _ in 0 },
            get_thread: { _, _, session, thread in
                thread?.pointee = session
                return true
            },
            memory_read: { _, address, result, session in
                guard let session, let word = DwarfSession.at(session).memory.word(at: address).value else {
                    return false
                }
                result?.pointee = word
                return true
            },
            set_initial_registers: { thread, session in
                guard let session, let thread, let registers = DwarfSession.at(session).current else { return false }
                for (number, value) in registers.values {
                    var word = value
                    _ = dwfl_thread_state_registers(thread, Int32(number), 1, &word)
                }
                dwfl_thread_state_register_pc(thread, registers.instructionPointer)
                return true
            }, detach: nil, thread_detach: nil)
    }

    private static func at(_ pointer: UnsafeMutableRawPointer) -> DwarfSession {
        Unmanaged<DwarfSession>.fromOpaque(pointer).takeUnretainedValue()
    }
}

extension Machine {
    /// The header of an ELF file for the machine, without anything behind it.
    var elfHeader: [CChar] {
        var bytes = [UInt8](repeating: 0, count: 64)
        bytes.replaceSubrange(0..<7, with: [0x7F, 0x45, 0x4C, 0x46, is64Bit ? 2 : 1, isBigEndian ? 2 : 1, 1])
        func put(_ value: UInt16, at offset: Int) {
            let pair = [UInt8(value >> 8), UInt8(truncatingIfNeeded: value)]
            bytes.replaceSubrange(offset..<(offset + 2), with: isBigEndian ? pair : pair.reversed())
        }
        put(2, at: 16)
        put(elfMachine, at: 18)
        put(1, at: isBigEndian ? 22 : 20)
        put(is64Bit ? 64 : 52, at: is64Bit ? 52 : 40)
        return bytes.map(CChar.init(bitPattern:))
    }
}
