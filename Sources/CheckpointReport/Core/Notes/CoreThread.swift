internal import CheckpointModel

/// A thread as a core has it.
struct CoreThread {
    let details: ThreadDetails
    let registers: RegisterValues

    /// Nil for a thread without registers: a debugger would take zeros for what they held.
    init?(_ details: ThreadDetails) {
        guard let set = details.registers.value else { return nil }
        self.details = details
        registers = RegisterValues(set)
    }
}
