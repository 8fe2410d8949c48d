internal import CRIUImages

/// Reads what the core image of a leader tells of its process, and the images that older versions of CRIU wrote beside it.
struct ProcessDetailsLoader {
    let library: ImageLibrary
    private let tables: TaskTables
    let process: Process
    let architecture: Architecture?
    let layout: SignalLayout
    let origin: Origin

    init(_ library: ImageLibrary, _ tables: TaskTables, _ process: Process, _ architecture: Architecture?) {
        self.library = library
        self.tables = tables
        self.process = process
        self.architecture = architecture
        layout = SignalLayout(architecture)
        origin = Origin("core-\(process.pid).img", entry: 0)
    }

    private var image: String { origin.image }

    func details() -> ProcessDetails {
        let task = task()
        let memory = hasEnded ? .missing(.ended) : library.needed("mm-\(process.pid).img", MmEntry.self)
        return ProcessDetails(
            personality: task.map { Personality(recorded: $0.personality) }, flags: task.map { TaskFlags($0.flags) },
            limits: task.flatMap(limits),
            oomScoreAdjustment: task.flatMap { $0.oomScoreAdj.known(image, "adjustment of the score") },
            loginUserID: task.flatMap { $0.loginuid.known(image, "audit user id") },
            isChildSubreaper: task.flatMap { $0.childSubreaper.known(image, "note of who adopts orphans") },
            dumpability: memory.flatMap {
                $0.dumpable.map(Dumpability.init).known("mm-\(process.pid).img", "note of core dumps")
            },
            isHugePagesDisabled: memory.flatMap {
                $0.thpDisabled.known("mm-\(process.pid).img", "note of huge pages")
            },
            stopSignal: task.flatMap(stopSignal),
            membarriers: task.map { MembarrierRegistrations($0.membarrierRegistrationMask ?? 0) },
            pendingSignals: task.flatMap(pendingSignals), signalActions: task.flatMap(signalActions),
            intervalTimers: task.flatMap(intervalTimers), posixTimers: task.flatMap(posixTimers), clocks: clocks(),
            sharedResources: tables.users.others(of: process), signalNumbering: layout.numbering, origin: origin)
    }

    private var hasEnded: Bool { process.state.value?.hasEnded == true }

    private func task() -> Known<TaskCoreEntry> {
        if hasEnded { return .missing(.ended) }
        return library.needed(image, CoreEntry.self).flatMap { $0.tc.known(image, "task part") }
    }

    private func limits(_ task: TaskCoreEntry) -> Known<[ResourceLimit]> {
        if let entries = task.rlimits?.rlimits {
            return .value(entries.enumerated().map { limit($1, $0, origin) })
        }
        let image = "rlimit-\(process.pid).img"
        return library.records(image, RlimitEntry.self).map { entries in
            entries.enumerated().map { limit($1, $0, Origin(image, entry: $0)) }
        }
    }

    private func limit(_ entry: RlimitEntry, _ number: Int, _ origin: Origin) -> ResourceLimit {
        ResourceLimit(number, soft: entry.cur, hard: entry.max, architecture, origin)
    }

    private func stopSignal(_ task: TaskCoreEntry) -> Known<Signal> {
        if let number = task.stopSigno { return .value(Signal(Int(number), layout.numbering)) }
        if process.state.value == .stopped {
            return .missing(Absence(.notRecorded, "\(image) does not name the signal"))
        }
        return .missing(Absence(.notApplicable, "the process is not stopped"))
    }

    /// The image of the process's time namespace, or the one that CRIU writes if no such namespace was dumped.
    private func clocks() -> Known<ClockReadings> {
        if hasEnded { return .missing(.ended) }
        let own = process.ids.objects.value?.timeNsId.map { "timens-\($0).img" }
        let image = own.flatMap { library.has($0) ? $0 : nil } ?? "timens-0.img"
        return library.record(image, TimensEntry.self).map { entry in
            ClockReadings(
                monotonic: TimeValue(seconds: entry.monotonic.tvSec, nanoseconds: entry.monotonic.tvNsec),
                boottime: TimeValue(seconds: entry.boottime.tvSec, nanoseconds: entry.boottime.tvNsec),
                origin: Origin(image, entry: 0))
        }
    }
}
