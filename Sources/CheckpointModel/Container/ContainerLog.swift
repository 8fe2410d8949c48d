public import EvidenceText

internal import CRIUImages

/// What a container wrote to its standard streams, as its engine kept it.
public struct ContainerLog: Sendable {
    /// How the lines are written.
    public let format: Format
    /// How many lines there are.
    public let lineCount: Int
    /// The log as it is.
    public let content: Content
    /// Where it was read.
    public let origin: Origin
    let bytes: ImageBytes

    /// How an engine writes the lines of a log.
    public enum Format: String, Sendable {
        /// Time, stream, a mark for the end of a line, text: Podman's `k8s-file`, and all engines of Kubernetes.
        case kubernetes = "k8s-file"
        /// An object of JSON for each line: Docker's `json-file`.
        case json = "json-file"
        /// Nothing but what was written.
        case raw = "raw"
    }

    /// A line of a log.
    public struct Line: Sendable, Equatable {
        /// Its number, counted from 1.
        public let number: Int
        /// When it was written, as the engine has it; nil if the line has no time.
        public let time: ByteText?
        /// `stdout` or `stderr`; nil if the line does not say.
        public let stream: ByteText?
        /// Whether the next line goes on with it.
        public let isPartial: Bool
        /// What was written.
        public let text: ByteText
    }

    /// The last lines.
    ///
    /// - Parameter limit: How many at the most.
    /// - Complexity: Linear in the size of these lines.
    public func lines(last limit: Int) -> [Line] {
        let lines = TextLines(bytes)
        let first = max(lineCount - max(limit, 0), 0)
        var result: [Line] = []
        lines.forEach(from: lines.start(ofLast: max(limit, 0))) { number, line in
            result.append(format.line(first &+ number, line))
        }
        return result
    }
}
