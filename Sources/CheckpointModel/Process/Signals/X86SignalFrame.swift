/// Where things are in the frame that the kernel makes on the stack of an x86-64 thread to run a signal handler
/// (`struct rt_sigframe`), in bytes from its beginning, which is the address that the handler returns to.
public enum X86SignalFrame {
    /// Where the stack pointer is once the handler has returned.
    public static let afterReturn = 8
    /// The flags of the context (`uc_flags`).
    static let flags = 8
    /// The next context (`uc_link`).
    static let link = 16
    /// The program's registers, as ``registers`` lists them, and behind them the instruction pointer.
    public static let context = 48
    /// The DWARF numbers of the registers in the order in which they are saved (`struct sigcontext`).
    public static let registers = [8, 9, 10, 11, 12, 13, 14, 15, 5, 4, 6, 3, 1, 0, 2, 7]
    /// The address of the floating point registers.
    static let floatingPoint = context + 23 * 8
    /// The signals that were blocked before.
    static let mask = 304
    /// What the kernel told of the signal (`siginfo_t`).
    public static let information = 312
    /// The size of the frame, without the floating point registers.
    static let size = 440
}
