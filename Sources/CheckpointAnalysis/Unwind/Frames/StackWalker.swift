internal import CheckpointModel

/// Walks the stacks of the threads of a process. Files are opened once for all of them.
final class StackWalker {
    private let space: Known<AddressSpace>
    private let map: Known<ModuleMap>
    private let actions: [SignalAction]
    private let options: ProcessBacktrace.Options
    private var session: DwarfSession?

    init(
        _ space: Known<AddressSpace>, _ map: Known<ModuleMap>, _ actions: [SignalAction],
        _ options: ProcessBacktrace.Options
    ) {
        self.space = space
        self.map = map
        self.actions = actions
        self.options = options
    }

    func stack(of thread: ThreadDetails) -> Known<ThreadStack> {
        thread.registers.flatMap { registers in
            space.flatMap { space in map.flatMap { stack(registers, space, $0) } }
        }
    }

    private func stack(_ registers: RegisterSet, _ space: AddressSpace, _ map: ModuleMap) -> Known<ThreadStack> {
        guard let machine = Machine(registers) else {
            return .missing(Absence(.unsupported, "stacks of this machine are not known"))
        }
        let memory = MemoryWords(space, machine)
        guard let session = session(machine, memory, map) else {
            return .missing(Absence(.unreadable, "elfutils does not start"))
        }
        let signals = SignalFrames(registers, machine, memory, actions)
        var unwinder = Unwinder(session, map, memory, signals, limit: options.frameLimit)
        return .value(unwinder.walk(FrameRegisters(registers, machine)))
    }

    /// Threads of a 64-bit x86 process can run 32-bit code: that is another machine.
    private func session(_ machine: Machine, _ memory: MemoryWords, _ map: ModuleMap) -> DwarfSession? {
        if let session, session.machine.elfMachine == machine.elfMachine { return session }
        session = DwarfSession(map.modules, machine, memory, options.debugFiles)
        return session
    }
}
