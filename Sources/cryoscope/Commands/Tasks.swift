import ArgumentParser
import CheckpointModel
import CheckpointReport

/// `threads`: what each thread was doing.
struct Threads: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the threads: what each was doing, where, scheduling, signals.",
        discussion: """
            DOING is the system call that a thread was in, with its result if it had ended; `user mode`; or a name with a \
            question mark, if nothing but the register for the number tells it.
            """)

    @OptionGroup var options: CheckpointOptions

    @Flag(help: "Print all registers of each thread too.")
    var registers = false

    @Flag(help: "Print the seccomp filters of the threads too, disassembled.")
    var filters = false

    func run() throws {
        var extras: ThreadsText.Extras = []
        if registers { extras.insert(.registers) }
        if filters { extras.insert(.filters) }
        try options.run(.threads) { checkpoint, processes, screen in
            ThreadsText.write(checkpoint, processes, extras, to: screen.out, screen.style)
        }
    }
}

/// `signals`: signals and timers.
struct Signals: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List signals that wait, handlers, masks, alternate stacks and timers.")

    @OptionGroup var options: CheckpointOptions

    func run() throws {
        try options.run(.signals) { checkpoint, processes, screen in
            SignalsText.write(checkpoint, processes, to: screen.out, screen.style)
        }
    }
}

/// `env`: the environments.
struct Environment: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "env", abstract: "Print the environments that the processes were started with.")

    @OptionGroup var options: CheckpointOptions

    func run() throws {
        try options.run(.environment) { checkpoint, processes, screen in
            EnvironmentText.write(checkpoint, processes, to: screen.out, screen.style)
        }
    }
}
