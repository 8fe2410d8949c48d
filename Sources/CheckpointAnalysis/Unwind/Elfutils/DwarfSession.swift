internal import CElfutils
internal import CheckpointModel

/// The modules of a process as elfutils' libdw sees them, and its unwinder over the memory of the process.
///
/// The library keeps pointers to this object and to the files: it stays where it is until the session ends with it. Not to
/// be used by two threads at once.
final class DwarfSession {
    private let dwfl: OpaquePointer
    private let callbacks: UnsafeMutablePointer<Dwfl_Callbacks>
    private let threadCallbacks: UnsafeMutablePointer<Dwfl_Thread_Callbacks>
    /// An ELF header that names the machine, which is how the library is told.
    private let header: UnsafeMutableBufferPointer<CChar>
    private let elf: OpaquePointer
    /// What the library asks for files; it keeps pointers to them.
    private var sources: [ModuleSource] = []
    let modules: [MappedModule]
    /// The library's handles for the modules; nil for those without a file.
    private(set) var handles: [OpaquePointer?] = []
    /// Why the library cannot unwind for the machine; nil if it can.
    private(set) var absence: Absence?

    let machine: Machine
    let memory: MemoryWords
    let debugFiles: DebugFiles
    /// The frame that is unwound, and what came of it.
    var current: FrameRegisters?
    var visitsCaller = false
    var caller: FrameRegisters?
    /// Which units of debug information are nested no deeper than compilers do.
    var shallowUnits: [DebugUnit: Bool] = [:]

    init?(_ modules: [MappedModule], _ machine: Machine, _ memory: MemoryWords, _ debugFiles: DebugFiles) {
        elf_version(UInt32(EV_CURRENT))
        callbacks = .allocate(capacity: 1)
        callbacks.initialize(to: ModuleSource.callbacks)
        threadCallbacks = .allocate(capacity: 1)
        threadCallbacks.initialize(to: DwarfSession.unwindCallbacks)
        header = .allocate(capacity: 64)
        _ = header.initialize(from: machine.elfHeader)
        let elf = elf_memory(header.baseAddress, header.count)
        guard let elf, let dwfl = dwfl_begin(callbacks) else {
            elf_end(elf)
            callbacks.deallocate()
            threadCallbacks.deallocate()
            header.deallocate()
            return nil
        }
        (self.elf, self.dwfl) = (elf, dwfl)
        (self.modules, self.machine, self.memory, self.debugFiles) = (modules, machine, memory, debugFiles)
        report()
        attach()
    }

    deinit {
        dwfl_end(dwfl)
        elf_end(elf)
        callbacks.deallocate()
        threadCallbacks.deallocate()
        header.deallocate()
    }

    private var pointer: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

    /// Names the modules to the library, which opens their files when it needs them.
    private func report() {
        dwfl_report_begin(dwfl)
        var end: UInt64 = 0
        for (index, module) in modules.enumerated() {
            guard let start = module.file.value?.start, start >= end, start < module.addresses.upperBound,
                let handle = dwfl_report_module(dwfl, "module \(index)", start, module.addresses.upperBound)
            else {
                handles.append(nil)
                continue
            }
            end = module.addresses.upperBound
            handles.append(handle)
            var userData: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
            _ = dwfl_module_info(handle, &userData, nil, nil, nil, nil, nil, nil)
            let source = ModuleSource(module, debugFiles)
            sources.append(source)
            userData?.pointee = Unmanaged.passUnretained(source).toOpaque()
        }
        dwfl_report_end(dwfl, nil, nil)
    }

    /// Walks the frames of the one thread that the library knows of.
    func frames(_ visit: @convention(c) (OpaquePointer?, UnsafeMutableRawPointer?) -> Int32) -> Int32 {
        visitsCaller = false
        return dwfl_getthread_frames(dwfl, 1, visit, pointer)
    }

    private func attach() {
        guard dwfl_attach_state(dwfl, elf, 1, threadCallbacks, pointer) else {
            let detail = String(cString: dwfl_errmsg(-1))
            absence = Absence(.unsupported, "elfutils cannot unwind for this machine: \(detail)")
            return
        }
    }
}
