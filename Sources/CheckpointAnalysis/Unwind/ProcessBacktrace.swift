public import CheckpointModel

/// Where each thread of a process was, and why.
public struct ProcessBacktrace: Sendable {
    /// The process.
    public let process: Process
    /// The threads, the leader first.
    public let threads: [ThreadBacktrace]
    /// The programs and libraries that are mapped to run, by ascending address; missing if the memory is.
    public let modules: Known<[MappedModule]>
    /// The signals that wait for the process as a whole.
    public let pendingSignals: Known<[PendingSignal]>
    /// The signal that stopped the process; missing if it is not stopped.
    public let stopSignal: Known<Signal>

    /// Where backtraces get their files, and how far they go.
    public struct Options: Sendable {
        /// The files that processes map.
        public var files: RootFiles
        /// The files of debug symbols.
        public var debugFiles: DebugFiles
        /// How many frames of a thread are shown.
        public var frameLimit: Int

        /// Makes options.
        ///
        /// - Parameters:
        ///   - files: The files that processes map.
        ///   - debugFiles: The files of debug symbols.
        ///   - frameLimit: How many frames of a thread are shown.
        public init(files: RootFiles, debugFiles: DebugFiles, frameLimit: Int = 1000) {
            self.files = files
            self.debugFiles = debugFiles
            self.frameLimit = frameLimit
        }
    }

    /// Unwinds the threads of a process.
    ///
    /// The files of modules are read by elfutils only if they are known to be the ones that were mapped.
    public init(_ process: Process, in checkpoint: Checkpoint, _ options: Options) {
        let memory = checkpoint.memory(of: process)
        let details = checkpoint.details(of: process)
        let space = checkpoint.addressSpace(of: process, files: options.files)
        let map = memory.flatMap { memory in
            space.map { ModuleMap($0, memory, options.files, options.debugFiles) }
        }
        self.process = process
        modules = map.map(\.modules)
        pendingSignals = details.pendingSignals
        stopSignal = details.stopSignal
        let stacks = StackWalker(space, map, details.signalActions.value ?? [], options)
        threads = checkpoint.threads(of: process, memory: memory).map { thread in
            let stack = stacks.stack(of: thread)
            return ThreadBacktrace(
                thread: thread, stack: stack, faults: FaultPlace.places(thread, stack.value, space.value))
        }
    }

    /// The modules that frames are in and whose files are missing, in the order of the modules.
    public var missingModules: [MappedModule] {
        let used = Set(threads.flatMap { $0.stack.value?.frames.compactMap(\.module) ?? [] })
        return (modules.value ?? []).enumerated().filter { used.contains($0.offset) && $0.element.file.value == nil }
            .map(\.element)
    }
}

/// Where a thread was, and why.
public struct ThreadBacktrace: Sendable {
    /// What the images tell of the thread.
    public let thread: ThreadDetails
    /// Its frames, or why there are none.
    public let stack: Known<ThreadStack>
    /// The addresses whose access failed, of the signals that the thread was told of or that wait for it.
    public let faults: [FaultPlace]
}

/// An address whose access failed, and what is mapped there.
public struct FaultPlace: Sendable {
    /// The address.
    public let address: UInt64
    /// The area that has it; nil if none has.
    public let segment: MemorySegment?
    /// The nearest area below; nil if there is none, or if an area has the address.
    public let below: MemorySegment?
    /// The nearest area above; nil if there is none, or if an area has the address.
    public let above: MemorySegment?

    static func places(_ thread: ThreadDetails, _ stack: ThreadStack?, _ space: AddressSpace?) -> [FaultPlace] {
        let handled = stack?.handledSignals.compactMap { $0.information.value?.faultAddress } ?? []
        let pending = thread.pendingSignals.value?.compactMap(\.faultAddress) ?? []
        guard let space else { return [] }
        return (handled + pending).prefix(16).map { FaultPlace($0, space) }
    }

    private init(_ address: UInt64, _ space: AddressSpace) {
        self.address = address
        segment = space.segment(at: address)
        below = segment == nil ? space.segments.last { $0.addresses.upperBound <= address } : nil
        above = segment == nil ? space.segments.first { $0.addresses.lowerBound > address } : nil
    }
}
