/// How a dump ended.
public enum DumpOutcome: String, Sendable {
    /// CRIU says that it succeeded.
    case finished
    /// CRIU says that it failed: the images are what had been written by then.
    case failed
}
