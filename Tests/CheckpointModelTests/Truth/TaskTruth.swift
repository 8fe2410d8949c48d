import CheckpointTestSupport
import FoundationEssentials

/// What /proc said of a process and its threads just before the dump, in one shape for both forms of truth.json.
struct TaskTruth: Sendable {
    /// The process id that the images use.
    let pid: Int
    let threads: [ThreadTruth]
    /// The lines of /proc/PID/cgroup.
    let cgroups: [String]
    /// The lines of /proc/PID/timers.
    let timers: [String]
    /// Soft and hard limit by the label in /proc/PID/limits.
    let limits: [String: [String]]
    /// Nil where truth.json has none: in the snapshots of other machines.
    let personality: UInt32?
    let oomScoreAdjustment: Int32?
    let loginUserID: UInt32?
}

/// What /proc/PID/task/TID said.
struct ThreadTruth: Sendable {
    let id: Int
    /// Real, effective, saved and file system ids.
    let users: [UInt32]
    let groups: [UInt32]
    let supplementaryGroups: [UInt32]
    /// The masks of status, by their names: `CapEff`, `SigBlk`.
    let masks: [String: UInt64]
    let hasNoNewPrivileges: Bool
    let seccompMode: Int32
    let filterCount: Int
    let nice: Int32
    let policy: UInt32
    let realTimePriority: UInt32
    /// The line of /proc/PID/syscall.
    let systemCall: String
}

extension TaskTruth {
    private static let maskNames = [
        "CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb", "SigPnd", "ShdPnd", "SigBlk", "SigIgn", "SigCgt",
    ]

    /// The processes of a dump that had not ended, by pid.
    static func processes(of scenario: String) throws -> [Int: TaskTruth] {
        let document = try Scenario.named(scenario).truth()
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let tasks =
            KnownCheckpoint.gathered.contains(scenario)
            ? try decoder.decode(GatheredTasks.self, from: document).processes.filter { $0.state != "Z" }
                .map(TaskTruth.init)
            : try decoder.decode(SnapshotTasks.self, from: document).final
        return Dictionary(uniqueKeysWithValues: tasks.map { ($0.pid, $0) })
    }

    private init(_ process: GatheredTasks.Process) throws {
        pid = process.nspid.last ?? process.pid
        threads = try process.threads.map(ThreadTruth.init)
        cgroups = process.cgroup
        timers = process.timers
        limits = process.limits
        personality = UInt32(try UInt64(hexadecimalText: process.personality))
        oomScoreAdjustment = process.oomScoreAdj
        loginUserID = process.loginuid
    }

    fileprivate init(_ pid: Int, _ process: SnapshotTasks.Process) throws {
        self.pid = pid
        threads = try process.tasks.map { try ThreadTruth(Int($0) ?? 0, $1) }
        cgroups = process.cgroup.split(separator: "\n").map(String.init)
        timers = process.timers.split(separator: "\n").map(String.init)
        let rows = process.limits.split(separator: "\n").dropFirst().map { line in
            let label = line.prefix(26).split(separator: " ").joined(separator: " ")
            return (label, line.dropFirst(26).split(separator: " ").prefix(2).map(String.init))
        }
        limits = Dictionary(uniqueKeysWithValues: rows)
        personality = nil
        oomScoreAdjustment = nil
        loginUserID = nil
    }

    fileprivate static func masks(_ fields: [String: String]) throws -> [String: UInt64] {
        try fields.filter { maskNames.contains($0.key) }.mapValues { try UInt64(hexadecimalText: $0) }
    }
}

extension ThreadTruth {
    fileprivate init(_ thread: GatheredTasks.Thread) throws {
        id = thread.nspid.last ?? thread.tid
        users = thread.uid
        groups = thread.gid
        supplementaryGroups = thread.groups
        masks = try TaskTruth.masks(thread.caps.merging(thread.signals) { first, _ in first })
        hasNoNewPrivileges = thread.noNewPrivs == 1
        seccompMode = thread.seccomp
        filterCount = thread.seccompFilters
        nice = thread.nice
        policy = thread.schedPolicy
        realTimePriority = thread.rtPriority
        systemCall = thread.syscall
    }

    fileprivate init(_ id: Int, _ task: SnapshotTasks.Task) throws {
        let status = task.status.split(separator: "\n").map {
            $0.split(separator: ":", maxSplits: 1).map { String($0.trimmingPrefix { $0 == "\t" || $0 == " " }) }
        }
        let fields = Dictionary(
            status.filter { $0.count == 2 }.map { ($0[0], $0[1]) }, uniquingKeysWith: { first, _ in first })
        func numbers(_ key: String) -> [UInt32] {
            (fields[key] ?? "").split { $0 == "\t" || $0 == " " }.compactMap { UInt32($0) }
        }
        let statistics = task.stat.split(separator: ")").last?.split { $0 == " " || $0 == "\n" } ?? []
        self.id = id
        users = numbers("Uid")
        groups = numbers("Gid")
        supplementaryGroups = numbers("Groups")
        masks = try TaskTruth.masks(fields)
        hasNoNewPrivileges = fields["NoNewPrivs"] == "1"
        seccompMode = Int32(fields["Seccomp"] ?? "") ?? -1
        filterCount = Int(fields["Seccomp_filters"] ?? "") ?? -1
        // Counted from the state on.
        nice = Int32(statistics[16]) ?? 99
        policy = UInt32(statistics[38]) ?? 99
        realTimePriority = UInt32(statistics[37]) ?? 99
        systemCall = task.syscall.trimmed
    }
}

extension String {
    /// The text without newlines at its end.
    fileprivate var trimmed: String { String(self[..<(lastIndex { $0 != "\n" }.map(index(after:)) ?? startIndex)]) }
}

/// The parts of the truth.json of CRIU 4.2 that are about tasks.
private struct GatheredTasks: Decodable {
    let processes: [Process]

    struct Process: Decodable {
        let pid: Int
        let nspid: [Int]
        let state: String
        let threads: [Thread]
        let cgroup, timers: [String]
        let limits: [String: [String]]
        let personality: String
        let oomScoreAdj: Int32
        let loginuid: UInt32
    }

    struct Thread: Decodable {
        let tid: Int
        let nspid: [Int]
        let uid, gid, groups: [UInt32]
        let caps, signals: [String: String]
        let noNewPrivs: Int
        let seccomp: Int32
        let seccompFilters: Int
        let nice: Int32
        let schedPolicy, rtPriority: UInt32
        let syscall: String
    }
}

/// The parts of the truth.json of CRIU 3.17.1 that are about tasks.
private struct SnapshotTasks: Decodable {
    let snapshots: [String: Snapshot]

    struct Snapshot: Decodable {
        let processes: [String: Process]
    }

    struct Process: Decodable {
        let stat, limits, cgroup, timers: String
        let tasks: [String: Task]
    }

    struct Task: Decodable {
        let stat, status, syscall: String
    }

    var final: [TaskTruth] {
        get throws {
            guard let last = snapshots["final"] else { throw TruthError(text: "there is no final snapshot") }
            return try last.processes.filter { !$1.stat.contains(") Z ") }.map { try TaskTruth(Int($0) ?? 0, $1) }
        }
    }
}
