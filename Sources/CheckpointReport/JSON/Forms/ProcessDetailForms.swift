import CheckpointModel
import EvidenceText

extension Forms {
    /// The properties of a process.
    static let processProperties = Form<ProcessDetails>.object(
        "properties", "What the images tell of a process beside its tree, memory, files and signals.",
        [
            .known("limits", .list(limit), "The limits on what it may use.") { $0.limits },
            .known("personality", personality, "The execution domain.") { $0.personality },
            .known("task_flags", .hexadecimal, "The kernel's flags of the leader.") { $0.flags.map(\.rawValue) },
            .known("task_flag_names", .strings, "Their names.") { $0.flags.map(\.names) },
            .known("oom_score_adj", .integer, "How likely the out-of-memory killer picks it, -1000 to 1000.") {
                $0.oomScoreAdjustment
            },
            .known("login_uid", .nullable(.integer), "The audit user id of the login; null if never set.") {
                $0.loginUserID.map { $0 == ProcessDetails.unsetLoginUserID ? nil : $0 }
            },
            .known("child_subreaper", .flag, "Whether it adopts orphaned descendants.") { $0.isChildSubreaper },
            .known("dumpable", .string, "Whether it may leave a core dump.") { $0.dumpability.map(\.text) },
            .known("thp_disabled", .flag, "Whether it turned off huge pages.") { $0.isHugePagesDisabled },
            .known("membarriers", .strings, "The membarrier commands that it registered for.") {
                $0.membarriers.map(\.names)
            },
            .known("clocks", clocks.aside, "What the clocks showed that its time namespace can shift.") { $0.clocks },
            .known("shared_with", sharing, "Which other processes use the same kernel objects.") {
                $0.sharedResources
            },
        ])

    private static let limit = Form<ResourceLimit>.object(
        "limit", "A limit on what a process may use.",
        [
            .must("number", .integer, "The number of the resource.") { $0.number },
            .optional("name", .string, "The name: RLIMIT_NOFILE.") { $0.name },
            .optional("unit", .string, "What is counted.") { $0.unit },
            .must("soft", .nullable(.count), "The limit that counts; null for none.") { $0.soft.ifLimited },
            .must("hard", .nullable(.count), "Up to which the soft one can be raised; null for none.") {
                $0.hard.ifLimited
            },
        ]
    ).matched(by: "number")

    private static let personality = Form<Personality>.object(
        "personality", "The execution domain. CRIU may have lost digits of it.",
        [
            .must("recorded", .integer, "The number in the image, made of hexadecimal digits read as decimal ones.") {
                $0.recorded
            },
            .optional("value", .hexadecimal, "The execution domain that these digits stand for.") { $0.value },
            .must("names", .strings, "The names of domain and flags.") { $0.names },
        ])

    /// What clocks showed at the time of the dump.
    static let clocks = Form<ClockReadings>.object(
        "clocks", "What clocks showed at the time of the dump; CRIU keeps no offsets.",
        [
            .must("monotonic", timeSpan, "CLOCK_MONOTONIC.") { $0.monotonic },
            .must("boottime", timeSpan, "CLOCK_BOOTTIME.") { $0.boottime },
            .must("origin", .origin, "Where it was read.") { $0.origin },
        ])

    private static let sharing = Form<SharedResources>.object(
        "sharing", "Which other processes use the same kernel objects.",
        [
            .must("memory", sharers, "The address space.") { $0.memory },
            .must("files", sharers, "The table of descriptors.") { $0.files },
            .must("directories", sharers, "Root, current directory and umask.") { $0.directories },
            .must("signal_handlers", sharers, "The table of signal handlers.") { $0.signalHandlers },
        ])

    private static let sharers = Form<SharedResources.Sharers>.object(
        "sharers", "Other processes that use an object.",
        [
            .must("count", .integer, "How many there are.") { $0.count },
            .must("pids", .list(.processID), "Their ids, at most a hundred.") { $0.processes },
        ])
}

extension UInt64 {
    /// The limit; nil if there is none.
    fileprivate var ifLimited: UInt64? { self == ResourceLimit.unlimited ? nil : self }
}
