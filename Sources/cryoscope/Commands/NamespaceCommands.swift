import ArgumentParser
import CheckpointModel
import CheckpointReport

/// `mounts`: the mount tables.
struct Mounts: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show the mounts of each mount namespace, as /proc/PID/mountinfo does.",
        discussion: """
            With --pid, only the namespaces that these processes are in. Options in parentheses are those of the file \
            system.
            """)

    @OptionGroup var options: CheckpointOptions

    @Flag(help: "List what each tmpfs held.")
    var content = false

    func run() throws {
        try options.run(.mounts) { checkpoint, processes, screen in
            MountsText.write(
                NamespaceSelection(checkpoint, processes), showsContent: content, to: screen.out, screen.style)
        }
    }
}

/// `network`: devices, addresses, routes, packet filters.
struct Network: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show devices, addresses, routes, rules and packet filters of each network namespace.",
        discussion: "With --pid, only the namespaces that these processes are in.")

    @OptionGroup var options: CheckpointOptions

    func run() throws {
        try options.run(.network) { checkpoint, processes, screen in
            NetworkText.write(NamespaceSelection(checkpoint, processes), to: screen.out, screen.style)
        }
    }
}

/// `namespaces`: which there are, and who is in which.
struct Namespaces: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the namespaces, with the processes in them.",
        discussion: """
            Numbers are CRIU's own; the images do not have those of the kernel. The standing is host for a namespace \
            that CRIU itself was in, of which nothing is dumped, root for one of the first process, nested for others.
            """)

    @OptionGroup var options: CheckpointOptions

    func run() throws {
        try options.run(.namespaces) { checkpoint, processes, screen in
            NamespacesText.write(NamespaceSelection(checkpoint, processes), to: screen.out, screen.style)
        }
    }
}

/// `ipc`: System V objects and what is in them.
struct IPC: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ipc",
        abstract: "Show System V message queues, semaphores and shared memory, with their contents.",
        discussion: "With --pid, only the namespaces that these processes are in.")

    @OptionGroup var options: CheckpointOptions

    func run() throws {
        try options.run(.ipc) { checkpoint, processes, screen in
            IPCText.write(NamespaceSelection(checkpoint, processes), to: screen.out, screen.style)
        }
    }
}

/// `cgroups`: the control groups.
struct Cgroups: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show the control groups, their settings, and the processes in them.",
        discussion: "Settings that have their usual value are only counted; --json has all of them.")

    @OptionGroup var options: CheckpointOptions

    func run() throws {
        try options.run(.cgroups) { checkpoint, processes, screen in
            CgroupsText.write(checkpoint, processes, to: screen.out, screen.style)
        }
    }
}
