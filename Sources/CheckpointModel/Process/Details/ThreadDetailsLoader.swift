internal import CRIUImages
internal import EvidenceText

/// Reads what core images tell of threads, and the images that older versions of CRIU wrote beside them.
struct ThreadDetailsLoader {
    private let library: ImageLibrary
    private let tables: TaskTables
    private let process: Process
    private let memory: ProcessMemory?
    private let layout: SignalLayout
    private let leader: Known<CoreEntry>

    init(
        _ library: ImageLibrary, _ tables: TaskTables, _ process: Process, _ architecture: Architecture?,
        _ memory: ProcessMemory?
    ) {
        self.library = library
        self.tables = tables
        self.process = process
        self.memory = memory
        layout = SignalLayout(architecture)
        leader = library.needed("core-\(process.pid).img", CoreEntry.self)
    }

    func details(_ thread: TaskThread) -> ThreadDetails {
        let image = "core-\(thread.id).img"
        let origin = Origin(image, entry: 0)
        let core = thread.id == process.pid ? leader : library.needed(image, CoreEntry.self)
        let part: Known<ThreadCoreEntry> = core.flatMap { core in
            if process.state.value?.hasEnded == true { return .missing(.ended) }
            return core.threadCore.known(image, "part about the thread")
        }
        let registers = registers(core, origin)
        return ThreadDetails(
            id: thread.id, name: thread.name, registers: registers,
            activity: registers.flatMap { ActivityFinder($0, memory)?.activity() ?? .missing(.undecided) },
            blockedSignals: part.flatMap { blocked(thread, $0, core.value?.tc, image) },
            pendingSignals: part.flatMap { pending(thread, $0, origin) },
            alternateStack: part.flatMap { $0.sas.map(AlternateStack.init).known(image, "alternate stack") },
            credentials: part.flatMap { credentials($0, origin) },
            seccomp: part.flatMap { seccomp(thread, $0, origin) },
            scheduling: part.flatMap { Scheduling.parse($0, image) },
            parentDeathSignal: part.flatMap { part in
                part.pdeathSig.map { .value(Signal(Int($0), layout.numbering)) }
                    ?? .missing(Absence(.notApplicable, "no signal is sent when the parent dies"))
            },
            robustList: part.map { RobustList(address: $0.futexRla, length: $0.futexRlaLen) },
            restartableSequences: part.flatMap {
                $0.rseqEntry.map(RestartableSequences.init).known(image, "area for restartable sequences")
            },
            cgroups: part.flatMap { part in
                (part.cgSet ?? core.value?.tc?.cgSet ?? leader.value?.tc?.cgSet).known(image, "set of control groups")
                    .flatMap(tables.cgroups.memberships)
            }, origin: origin)
    }

    private func registers(_ core: Known<CoreEntry>, _ origin: Origin) -> Known<RegisterSet> {
        if process.state.value?.hasEnded == true { return .missing(.ended) }
        return core.flatMap { RegisterSet.parse($0, origin).known(origin.image, "registers of the machine it names") }
    }

    /// The mask of the leader is in the part about the task.
    private func blocked(
        _ thread: TaskThread, _ part: ThreadCoreEntry, _ task: TaskCoreEntry?, _ image: String
    ) -> Known<SignalSet> {
        if let mask = part.blkSigset {
            return .value(SignalSet(mask, extended: part.blkSigsetExtended ?? 0, layout.numbering))
        }
        return task.map { SignalSet($0.blkSigset, extended: $0.blkSigsetExtended ?? 0, layout.numbering) }
            .known(image, "mask of blocked signals")
    }

    private func pending(
        _ thread: TaskThread, _ part: ThreadCoreEntry, _ origin: Origin
    ) -> Known<[PendingSignal]> {
        let queue = SignalQueueReader(library, layout)
        if let entries = part.signalsP?.signals { return .value(queue.signals(entries, in: origin)) }
        return queue.signals(ofImage: "signal-p-\(thread.id).img")
    }

    private func credentials(_ part: ThreadCoreEntry, _ origin: Origin) -> Known<Credentials> {
        if let entry = part.creds { return .value(Credentials(entry, tables.securityModule, origin)) }
        let image = "creds-\(process.pid).img"
        return library.record(image, CredsEntry.self).map {
            Credentials($0, tables.securityModule, Origin(image, entry: 0))
        }
    }
}

extension ThreadDetailsLoader {
    private func seccomp(_ thread: TaskThread, _ part: ThreadCoreEntry, _ origin: Origin) -> Known<Seccomp> {
        let task = leader.value?.tc
        guard let mode = part.seccompMode ?? task?.oldSeccompMode else {
            return inheritedSeccomp(thread, origin) ?? unrecordedSeccomp(origin)
        }
        return seccomp(mode, part.seccompFilter ?? task?.oldSeccompFilter, isLeadersOwn: false, origin)
    }

    private func seccomp(
        _ mode: SeccompMode, _ first: UInt32?, isLeadersOwn: Bool, _ origin: Origin
    ) -> Known<Seccomp> {
        let mode = Seccomp.Mode(rawValue: mode.rawValue)
        guard mode == .filter else {
            return .value(Seccomp(mode: mode, filters: [], isLeadersOwn: isLeadersOwn, origin: origin))
        }
        return first.known(origin.image, "number of a seccomp filter").flatMap { first in
            library.noteIfAbsent("seccomp.img")
            return tables.seccomp.chain(from: first).map { chain in
                if let fault = chain.fault { note(fault, code: "bad-seccomp", origin) }
                return Seccomp(mode: mode, filters: chain.filters, isLeadersOwn: isLeadersOwn, origin: origin)
            }
        }
    }

    /// CRIU leaves out the mode of the threads of a process whose filters are all the same, and marks the leader's.
    private func inheritedSeccomp(_ thread: TaskThread, _ origin: Origin) -> Known<Seccomp>? {
        guard thread.id != process.pid, let part = leader.value?.threadCore, let mode = part.seccompMode,
            let leaders = seccomp(mode, part.seccompFilter, isLeadersOwn: true, origin).value,
            !leaders.filters.isEmpty, leaders.filters.allSatisfy({ $0.flags & 1 != 0 })
        else { return nil }
        return .value(leaders)
    }

    /// Without a mode the thread is not confined, if CRIU looked at all: then it wrote an image of filters.
    private func unrecordedSeccomp(_ origin: Origin) -> Known<Seccomp> {
        if let absence = tables.seccomp.absence, absence.reason == .noImage {
            return .missing(Absence(.notRecorded, "\(origin.image) has no seccomp mode"))
        }
        return .value(Seccomp(mode: .disabled, filters: [], isLeadersOwn: false, origin: origin))
    }

    private func note(_ detail: String, code: String, _ origin: Origin) {
        library.note(Problem(image: origin.image, entry: origin.entry, offset: nil, code: code, detail: detail))
    }
}

extension AlternateStack {
    fileprivate init(_ entry: ThreadSasEntry) {
        self.init(address: entry.ssSp, size: entry.ssSize, flags: entry.ssFlags)
    }
}

extension RestartableSequences {
    fileprivate init(_ entry: RseqEntry) {
        self.init(
            address: entry.rseqAbiPointer, length: entry.rseqAbiSize, signature: entry.signature,
            activeSequence: entry.rseqCsPointer)
    }
}

extension Scheduling {
    /// The bit that is added to the policy.
    private static let resetOnFork: UInt32 = 0x4000_0000

    fileprivate static func parse(_ part: ThreadCoreEntry, _ image: String) -> Known<Scheduling> {
        part.schedPolicy.known(image, "scheduling policy").map { policy in
            Scheduling(
                policy: SchedulingPolicy(rawValue: policy & ~resetOnFork), isResetOnFork: policy & resetOnFork != 0,
                priority: .value(part.schedPrio ?? 0), nice: part.schedNice.known(image, "nice value"))
        }
    }
}

extension Optional where Wrapped: Sendable {
    /// The value, or that an image lacks it.
    func known(_ image: String, _ what: String) -> Known<Wrapped> {
        map { .value($0) } ?? .missing(Absence(.notRecorded, "\(image) has no \(what)"))
    }
}
