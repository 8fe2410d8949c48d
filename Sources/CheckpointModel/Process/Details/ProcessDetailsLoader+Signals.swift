internal import CRIUImages

extension ProcessDetailsLoader {
    func pendingSignals(_ task: TaskCoreEntry) -> Known<[PendingSignal]> {
        let queue = SignalQueueReader(library, layout)
        if let entries = task.signalsS?.signals { return .value(queue.signals(entries, in: origin)) }
        return queue.signals(ofImage: "signal-s-\(process.pid).img")
    }

    /// The actions in the order of their signals; SIGKILL and SIGSTOP, which cannot have any, have no place in it.
    func signalActions(_ task: TaskCoreEntry) -> Known<[SignalAction]> {
        if !task.sigactions.isEmpty {
            return .value(zip(actionSignals, task.sigactions).map { SignalAction($1, $0, origin) })
        }
        let image = "sigacts-\(process.pid).img"
        return library.records(image, SaEntry.self).map { entries in
            zip(actionSignals, entries).enumerated().map { SignalAction($1.1, $1.0, Origin(image, entry: $0)) }
        }
    }

    /// Signals without end, so that an image with more than there are loses none.
    private var actionSignals: some Sequence<Signal> {
        let left = ["SIGKILL", "SIGSTOP"]
        return (1...).lazy.map { [layout] in Signal($0, layout.numbering) }.filter { !left.contains($0.name) }
    }

    func intervalTimers(_ task: TaskCoreEntry) -> Known<[IntervalTimer]> {
        if let timers = task.timers {
            return .value(
                zip(IntervalTimer.Kind.allCases, [timers.real, timers.virt, timers.prof]).map {
                    IntervalTimer($1, $0, origin)
                })
        }
        let image = "itimers-\(process.pid).img"
        return library.records(image, ItimerEntry.self).map { entries in
            zip(IntervalTimer.Kind.allCases, entries).enumerated().map {
                IntervalTimer($1.1, $1.0, Origin(image, entry: $0))
            }
        }
    }

    func posixTimers(_ task: TaskCoreEntry) -> Known<[PosixTimer]> {
        if let timers = task.timers { return .value(timers.posix.map { PosixTimer($0, layout, origin) }) }
        let image = "posix-timers-\(process.pid).img"
        return library.records(image, PosixTimerEntry.self).map { entries in
            entries.enumerated().map { PosixTimer($1, layout, Origin(image, entry: $0)) }
        }
    }
}

extension SignalAction {
    fileprivate init(_ entry: SaEntry, _ signal: Signal, _ origin: Origin) {
        let disposition: Disposition =
            switch entry.sigaction {
            case 0: .standard
            case 1: .ignored
            default: .handler(entry.sigaction)
            }
        self.init(
            signal: signal, disposition: disposition, flags: entry.flags, restorer: entry.restorer,
            mask: SignalSet(entry.mask, extended: entry.maskExtended ?? 0, signal.numbering),
            isCompat: entry.compatSigaction ?? false, origin: origin)
    }
}

extension IntervalTimer {
    fileprivate init(_ entry: ItimerEntry, _ kind: Kind, _ origin: Origin) {
        self.init(
            kind: kind, remaining: TimeValue(seconds: entry.vsec, nanoseconds: entry.vusec.multipliedCapped(1000)),
            interval: TimeValue(seconds: entry.isec, nanoseconds: entry.iusec.multipliedCapped(1000)), origin: origin)
    }
}

extension PosixTimer {
    fileprivate init(_ entry: PosixTimerEntry, _ layout: SignalLayout, _ origin: Origin) {
        self.init(
            id: entry.itId, clock: Clock(rawValue: entry.clockId),
            notification: Notification(rawValue: entry.itSigevNotify),
            signal: Signal(Int(entry.siSigno), layout.numbering),
            value: SignalValue(entry.sivalPtr, isBigEndian: layout.isBigEndian),
            threadID: entry.notifyThreadId.map { Int($0) },
            remaining: TimeValue(seconds: entry.vsec, nanoseconds: entry.vnsec),
            interval: TimeValue(seconds: entry.isec, nanoseconds: entry.insec), overrun: entry.overrun, origin: origin)
    }
}
