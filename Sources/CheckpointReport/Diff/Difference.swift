public import CheckpointAnalysis

/// A difference between two checkpoints.
public struct Difference: Sendable {
    /// What it is about.
    public let topic: DifferenceTopic
    /// What has it.
    public let subject: DifferenceSubject
    /// What happened.
    public let change: FactChange
    /// What did it, if that is not the dumped programs.
    public let cause: Cause?

    /// What beside the dumped programs changes a checkpoint.
    public enum Cause: String, Sendable, CaseIterable {
        /// The kernel wrote a thread's area for restartable sequences when CRIU stopped it.
        case restartableSequences = "restartable-sequences"
        /// CRIU put code into a page to run it in the process, and put the page back.
        case injectedCode = "injected-code"
        /// The kernel probed the windows of a connection when CRIU let go of it; nothing else of it changed.
        case windowProbe = "window-probe"
        /// Something that CRIU made when it dumped: a mount, a rule of its network lock.
        case trace = "criu-trace"
    }

    /// Names a difference.
    init(_ topic: DifferenceTopic, _ subject: DifferenceSubject, _ change: FactChange, cause: Cause? = nil) {
        self.topic = topic
        self.subject = subject
        self.change = change
        self.cause = cause ?? (change.isTraceOfCRIU ? .trace : nil)
    }
}

extension FactChange {
    /// A change of something as a whole.
    init(_ kind: Kind, _ before: Fact?, _ after: Fact?, path: [FactStep] = []) {
        self.init(path: path, topic: nil, kind: kind, before: before, after: after, words: (nil, nil))
    }

    /// The name of the member that the path ends in; empty if it ends in an element.
    var lastMember: String {
        guard case .member(let name) = path.last else { return "" }
        return name
    }

    /// Whether what came or went has the form of something of CRIU's own.
    fileprivate var isTraceOfCRIU: Bool {
        guard case .record(let record) = before ?? after, case .flag(true) = record["criu_trace"] else { return false }
        return true
    }
}
