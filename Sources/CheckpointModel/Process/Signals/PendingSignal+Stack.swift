extension PendingSignal {
    /// Reads what the kernel put on the stack of a thread for the handler of a signal.
    ///
    /// - Parameters:
    ///   - bytes: The kernel's structure (`siginfo_t`).
    ///   - registers: The registers of the thread.
    /// - Returns: The signal; nil if the bytes are too few.
    public init?(onStack bytes: [UInt8], of registers: RegisterSet) {
        let layout = SignalLayout(registers.architecture, isCompat: registers.isCompat)
        self.init(parsing: bytes, layout, registers.origin)
    }
}
