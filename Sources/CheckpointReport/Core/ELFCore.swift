public import CheckpointModel
internal import EvidenceText

/// A process of a checkpoint as an ELF core, the file that the kernel would have left had it crashed: for debuggers.
///
/// Registers are written as they were recorded. A thread whose system call was broken off stands at the instruction that
/// makes the call, not behind it with the kernel's own result, which the images do not have.
public struct ELFCore: Sendable {
    /// The process.
    public let process: Process
    /// How many threads are in the core.
    public let threadCount: Int
    /// How many threads are left out, because their registers are not in the images.
    public let lostThreadCount: Int
    /// The signal that struck the process; nil if none is known.
    public let struck: StruckSignal?
    let target: ELFTarget
    let notes: [UInt8]
    let layout: CoreLayout
    let space: AddressSpace?
    let pageSize: UInt64

    /// Prepares the core of a process. Nothing is written yet, and no memory read but what the notes need.
    ///
    /// - Returns: The core; missing if the process has ended, or if no thread has registers of a machine that is known.
    public static func make(_ checkpoint: Checkpoint, _ process: Process) -> Known<ELFCore> {
        let memory = checkpoint.memory(of: process)
        let details = checkpoint.threads(of: process, memory: memory)
        let all = details.compactMap { CoreThread($0) }
        guard let first = all.first else {
            return .missing(details.first?.registers.absence ?? Absence(.notRecorded, "the process has no threads"))
        }
        // The threads of a process have one machine; what says otherwise is damaged.
        let threads = all.filter { $0.registers.set.architecture == first.registers.set.architecture }
        let isCompat = threads.allSatisfy(\.registers.set.isCompat)
        guard let machine = coreMachine(first.registers.set, isCompat: isCompat) else {
            return .missing(
                Absence(
                    .unsupported, "cores of machine number \(first.registers.set.architecture.rawValue) are not known"))
        }
        let core = ELFCore(
            checkpoint, process, machine, memory, threads, lostThreadCount: details.count - threads.count)
        return .value(core)
    }

    private init(
        _ checkpoint: Checkpoint, _ process: Process, _ machine: any CoreMachine, _ memory: Known<ProcessMemory>,
        _ threads: [CoreThread], lostThreadCount: Int
    ) {
        self.process = process
        self.lostThreadCount = lostThreadCount
        threadCount = threads.count
        let target = machine.target
        let space = checkpoint.addressSpace(of: process).value
        (self.target, self.space) = (target, space)
        pageSize = memory.value?.pageSize ?? 4096
        layout = space.map { CoreLayout($0, target) } ?? CoreLayout()
        let description = checkpoint.details(of: process)
        let struck = space.flatMap { StruckSignal.find(threads.map(\.details), description, $0) }
        self.struck = struck
        let struckThread = threads.filter { $0.details.id == struck?.threadID }
        let others = threads.filter { $0.details.id != struck?.threadID }
        let status = ProcessNote(
            process: process, leader: threads.first { $0.details.id == process.pid }?.details,
            flags: description.flags.value, arguments: checkpoint.arguments(memory).value ?? [],
            userIDSize: machine.userIDSize)
        // CRIU gets the signals of 32-bit tasks of a 64-bit machine in the 64-bit form.
        let isCompat = threads.first?.registers.set.isCompat == true && !target.is64Bit
        let ofProcess = [
            status.note(target), struck?.information.note(target, isCompat: isCompat),
            memory.value?.auxiliaryNote(target), memory.value?.filesNote(target),
        ]
        notes = CoreNotes(machine: machine, process: process, threads: struckThread + others, struck: struck)
            .bytes(ofProcess: ofProcess.compactMap { $0 })
    }

    /// How many bytes of memory are in the core; zeros of memory that was never written do not count.
    public var memoryBytes: UInt64 { layout.presentBytes }

    /// What memory the core lacks.
    public var absent: CoreAbsence { layout.absent }
}
