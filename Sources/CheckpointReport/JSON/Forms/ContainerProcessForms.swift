import CheckpointModel

extension Forms {
    /// What an engine was to run in a container.
    static let containerProcess = Form<ContainerProcess>.object(
        "container_process", "What an engine was to run in a container.",
        [
            .known("arguments", .arguments, "The arguments of the first process.") { $0.arguments },
            .known("entrypoint", .arguments, "What is run before the command.") { $0.entrypoint },
            .known("command", .arguments, "The command of the image or of the user.") { $0.command },
            .known("create_command", .arguments, "The command line of the engine that made the container.") {
                $0.createCommand
            },
            .known("working_directory", .text, "The directory that it was started in.") { $0.workingDirectory },
            .must("user", containerUser, "Whom it ran as.") { $0.user },
            .known("environment", .environment, "The environment that the engine gave it.") { $0.environment },
            .known("terminal", .flag, "Whether it had a terminal.") { $0.hasTerminal },
            .known("limits", .list(containerLimit), "Its resource limits.") { $0.limits },
        ])

    private static let containerUser = Form<ContainerUser>.object(
        "container_user", "Whom the first process of a container ran as.",
        [
            .known("requested", .text, "What the user of the engine asked for.") { $0.requested },
            .known("uid", .integer, "The user id.") { $0.uid },
            .known("gid", .integer, "The group id.") { $0.gid },
            .known("additional_groups", .list(.integer), "More groups.") { $0.additionalGroups },
            .known("umask", .octal, "The file mode creation mask.") { $0.umask },
        ])

    private static let containerLimit = Form<ContainerLimit>.object(
        "container_limit", "A resource limit that an engine set.",
        [
            .must("type", .text, "Its name.") { $0.type },
            .known("soft", .count, "The limit that counts.") { $0.soft },
            .known("hard", .count, "How far it can be raised.") { $0.hard },
        ]
    ).matched(by: "type")

    /// Whether a container ran, and what was to be done when it ends.
    static let lifecycle = Form<ContainerLifecycle>.object(
        "container_lifecycle", "Whether a container ran, and what was to be done when it ends.",
        [
            .known("state", .text, "Its state, as the engine last wrote it.") { $0.state },
            .known("host_pid", .integer, "The process id of its first process on the host.") { $0.hostPID },
            .known("exit_code", .integer, "How it had last ended.") { $0.exitCode },
            .known("restart_policy", .text, "What was to be done when it ends.") { $0.restartPolicy },
            .known("restart_count", .integer, "How often it had been restarted.") { $0.restartCount },
            .known("stop_signal", .text, "The signal that stops it: a number or a name.") { $0.stopSignal },
            .known("restored", .flag, "Whether it had been restored from an earlier checkpoint.") { $0.isRestored },
        ])

    /// How much a container could take of the machine.
    static let resources = Form<ContainerResources>.object(
        "container_resources", "How much a container could take of the machine. -1 is no limit.",
        [
            .known("memory_limit", .integer, "Memory, in bytes.") { $0.memoryLimit },
            .known("memory_reservation", .integer, "The memory below which it is left alone, in bytes.") {
                $0.memoryReservation
            },
            .known("swap_limit", .integer, "Memory and swap together, in bytes.") { $0.swapLimit },
            .known("cpu_shares", .integer, "The weight of its processor time.") { $0.cpuShares },
            .known("cpu_quota", .integer, "Processor time in a period, in microseconds.") { $0.cpuQuota },
            .known("cpu_period", .integer, "That period, in microseconds.") { $0.cpuPeriod },
            .known("cpus", .text, "The processors that it may run on.") { $0.cpus },
            .known("memory_nodes", .text, "The memory nodes that it may use.") { $0.memoryNodes },
            .known("pids_limit", .integer, "How many processes and threads.") { $0.pidsLimit },
            .known("oom_score_adjustment", .integer, "How likely a victim it is when memory runs out.") {
                $0.oomScoreAdjustment
            },
        ])
}
