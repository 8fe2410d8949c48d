/// How going through memory ended.
public enum ScanEnding: Sendable {
    /// All of it was gone through.
    case complete
    /// There is more than was wanted.
    case limited
    /// Whoever gets the finds wants no more.
    case stopped
}
