import CheckpointModel
import EvidenceText
import Testing

/// Compares the properties of processes with what /proc said of them just before the dump.
@Suite("The properties of processes of dumps with known contents")
struct ProcessDetailsTruthTests {
    @Test("Limits", arguments: KnownCheckpoint.names)
    func limits(_ name: String) throws {
        let labels = [
            "RLIMIT_CPU": "Max cpu time", "RLIMIT_FSIZE": "Max file size", "RLIMIT_DATA": "Max data size",
            "RLIMIT_STACK": "Max stack size", "RLIMIT_CORE": "Max core file size", "RLIMIT_RSS": "Max resident set",
            "RLIMIT_NPROC": "Max processes", "RLIMIT_NOFILE": "Max open files", "RLIMIT_MEMLOCK": "Max locked memory",
            "RLIMIT_AS": "Max address space", "RLIMIT_LOCKS": "Max file locks",
            "RLIMIT_SIGPENDING": "Max pending signals", "RLIMIT_MSGQUEUE": "Max msgqueue size",
            "RLIMIT_NICE": "Max nice priority", "RLIMIT_RTPRIO": "Max realtime priority",
            "RLIMIT_RTTIME": "Max realtime timeout",
        ]
        func text(_ value: UInt64) -> String { value == ResourceLimit.unlimited ? "unlimited" : String(value) }
        for task in try KnownTask.all(of: name) {
            let limits = try #require(task.details.limits.value)
            let read = limits.map { limit in
                (labels[limit.name ?? ""] ?? "?", [text(limit.soft), text(limit.hard)])
            }
            #expect(Dictionary(uniqueKeysWithValues: read) == task.truth.limits, "\(task)")
        }
    }

    @Test("Execution domain, score for the out-of-memory killer, login", arguments: KnownCheckpoint.gathered)
    func properties(_ name: String) throws {
        for task in try KnownTask.all(of: name) {
            #expect(task.details.personality.value?.value == task.truth.personality, "\(task)")
            #expect(task.details.oomScoreAdjustment.value == task.truth.oomScoreAdjustment, "\(task)")
            #expect(task.details.loginUserID.value == task.truth.loginUserID, "\(task)")
        }
    }

    @Test("Control groups", arguments: KnownCheckpoint.names)
    func cgroups(_ name: String) throws {
        for task in try KnownTask.all(of: name) {
            for thread in task.threads {
                guard let memberships = thread.details.cgroups.value else {
                    // Of the groups that CRIU itself was in it writes nothing.
                    #expect(thread.details.cgroups.absence?.detail.contains("CRIU itself") == true, "\(thread)")
                    #expect(task.truth.cgroups == ["0::/"])
                    continue
                }
                let lines = task.truth.cgroups.map { $0.drop { $0 != ":" }.dropFirst() }.map(String.init).sorted()
                #expect(memberships.map(\.line).sorted() == lines, "\(thread)")
            }
        }
    }

    @Test("POSIX timers", arguments: KnownCheckpoint.names)
    func timers(_ name: String) throws {
        for task in try KnownTask.all(of: name) {
            // The kernel lists the youngest first.
            let timers = try #require(task.details.posixTimers.value).sorted { $0.id < $1.id }
            let lines = stride(from: 0, to: task.truth.timers.count, by: 4).map {
                Array(task.truth.timers[$0..<($0 + 4)])
            }.sorted { $0[0] < $1[0] }
            #expect(timers.map { $0.lines(task.process.pid) } == lines, "\(task)")
        }
    }

    @Test("Who adopts orphans, dumps core, is stopped")
    func flags() throws {
        let tasks = try KnownTask.all(of: "tree")
        #expect(tasks.filter { $0.details.isChildSubreaper == .value(true) }.map(\.process.pid) == [4687])
        let undumpable = tasks.filter { $0.details.dumpability != .value(Dumpability(rawValue: 1)) }
        #expect(Set(undumpable.map(\.process.pid)) == [4682, 4683, 4689])
        #expect(tasks.first { $0.process.pid == 4690 }?.details.personality.value?.names == ["ADDR_NO_RANDOMIZE"])
        let stopped = try #require(tasks.first { $0.process.pid == 4680 }).details
        #expect(stopped.stopSignal.value?.name == "SIGSTOP")
        #expect(try #require(tasks.first).details.stopSignal.absence?.reason == .notApplicable)
    }

    @Test("Nothing is shared but by threads", arguments: KnownCheckpoint.names)
    func shared(_ name: String) throws {
        for task in try KnownTask.all(of: name) { #expect(task.details.sharedResources.value?.isEmpty == true) }
    }

    @Test("Of a process that has ended there is nothing")
    func zombies() throws {
        let checkpoint = try KnownCheckpoint.named("tree").checkpoint
        let zombie = try #require(checkpoint.process(4692))
        let details = checkpoint.details(of: zombie)
        #expect(details.limits.absence?.reason == .notApplicable)
        #expect(details.personality.absence?.reason == .notApplicable)
        #expect(details.sharedResources.absence?.reason == .notApplicable)
        #expect(details.dumpability.absence?.reason == .notApplicable)
        let thread = try #require(checkpoint.threads(of: zombie).first)
        #expect(thread.registers.absence?.reason == .notApplicable)
        #expect(thread.credentials.absence?.reason == .notApplicable)
        #expect(checkpoint.problems == [])
    }
}

extension CgroupMembership {
    /// As a line of /proc/PID/cgroup from outside of the namespace, without the hierarchy's number.
    fileprivate var line: String { "\(controllers.string ?? "?"):\(path.string ?? "?")" }
}

extension PosixTimer {
    /// As in /proc/PID/timers. The value of a timer that never had one is stray bytes of the kernel's.
    fileprivate func lines(_ pid: Int) -> [String] {
        let kind = ["SIGEV_SIGNAL": "signal", "SIGEV_NONE": "none", "SIGEV_THREAD_ID": "signal"]
        let target = notification.name == "SIGEV_THREAD_ID" ? "tid" : "pid"
        let digits = String(value.pointer, radix: 16)
        return [
            "ID: \(id)", "signal: \(signal.number)/\(String(repeating: "0", count: 16 - digits.count))\(digits)",
            "notify: \(kind[notification.name ?? ""] ?? "?")/\(target).\(pid)", "ClockID: \(clock.rawValue)",
        ]
    }
}
