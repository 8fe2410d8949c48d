public import EvidenceText

/// The log that CRIU wrote of a dump.
public struct DumpLog: Sendable {
    /// The version of CRIU, which is on one of the first lines.
    public let criuVersion: Known<String>
    /// The revision of its source; `0` in the packages of most distributions.
    public let revision: Known<ByteText>
    /// The name of the machine that the dump was made on.
    public let hostName: Known<ByteText>
    /// Its kernel, as `uname` has it: name, release, version, machine.
    public let kernel: Known<ByteText>
    /// How the dump ended, as the last lines say; missing if they do not.
    public let outcome: Known<DumpOutcome>
    /// The lines with warnings and errors, in order; no more than ``entryLimit``.
    ///
    /// A dump that succeeds can have errors: not all of them end it.
    public let entries: [Entry]
    /// How many lines with errors there are.
    public let errorCount: Int
    /// How many lines with warnings there are.
    public let warningCount: Int
    /// How many lines there are.
    public let lineCount: Int
    /// The last line that is not empty.
    public let lastLine: ByteText
    /// Where it was read.
    public let origin: Origin

    /// How many warnings and errors are kept.
    public static let entryLimit = 10_000

    /// A line with a warning or an error.
    public struct Entry: Sendable, Equatable {
        /// The number of the line, counted from 1.
        public let line: Int
        /// When it was written, in microseconds since the dump began; nil if the log has no times.
        public let microseconds: UInt64?
        /// Whether it is an error or a warning.
        public let level: Level
        /// The place in CRIU's source: `criu/cr-dump.c:2128`.
        public let place: ByteText
        /// What it says.
        public let text: ByteText
    }

    /// How bad a line is.
    public enum Level: String, Sendable {
        /// CRIU goes on.
        case warning
        /// Something failed.
        case error
    }
}
