import CheckpointModel
import EvidenceText
import Synchronization
import SystemPackage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// A bar on standard error that shows how far the reading of a large archive has come. It vanishes when it is done.
final class ProgressBar: Sendable {
    private let state = Mutex(State())

    private struct State {
        var start = ContinuousClock.now
        var drawn: ContinuousClock.Instant?
    }

    /// Whether something stands on the terminal that the bar would damage: output that has begun.
    static let isHidden = Atomic(false)

    /// How long a reading takes before the bar appears, and how often it is drawn.
    private static let patience = Duration.milliseconds(500)
    private static let interval = Duration.milliseconds(100)

    /// Draws the bar; nil if standard error is no terminal.
    static func onStandardError() -> (@Sendable (OpenOptions.Progress) -> Void)? {
        guard isatty(STDERR_FILENO) == 1, getenv("TERM").map({ String(cString: $0) }) != "dumb" else { return nil }
        let bar = ProgressBar()
        return { bar.show($0) }
    }

    private func show(_ progress: OpenOptions.Progress) {
        let now = ContinuousClock.now
        state.withLock { state in
            if progress.done >= progress.total {
                if state.drawn != nil { ProgressBar.write("\r\u{1B}[K") }
                state = State()
                return
            }
            guard now - state.start > ProgressBar.patience, now - (state.drawn ?? state.start) > ProgressBar.interval,
                !ProgressBar.isHidden.load(ordering: .relaxed)
            else { return }
            state.drawn = now
            ProgressBar.write("\r" + ProgressBar.text(progress) + "\u{1B}[K")
        }
    }

    private static func text(_ progress: OpenOptions.Progress) -> String {
        let width = 30
        let share = progress.total > 0 ? Double(progress.done) / Double(progress.total) : 0
        let filled = Int(share * Double(width))
        let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: width - filled)
        return "\(progress.isUnpacking ? "unpacking" : "reading  ") [\(bar)] \(Int(share * 100)) %"
    }

    private static func write(_ text: String) {
        _ = try? FileDescriptor.standardError.writeAll(text.utf8)
    }
}
