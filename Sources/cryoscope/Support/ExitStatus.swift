import ArgumentParser
import CRIUImages
import CheckpointAnalysis
import CheckpointModel
import CheckpointReport
import EvidenceText
import SystemPackage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The exit statuses of the tool. Wrong usage is ArgumentParser's, 64.
enum ExitStatus {
    /// Two checkpoints or images differ.
    static let different = ExitCode(1)
    /// A checkpoint is not whole.
    static let notWhole = ExitCode(1)
    /// Input was damaged or could not be read, or output could not be written.
    static let failed = ExitCode(2)
}

/// What was compared differs, and all of it has been told.
struct DifferencesFound: Error {}

/// A checkpoint is not whole, and all that was found has been told.
struct FindingsFound: Error {}

/// A failure whose message is ready to be printed.
struct CommandFailure: Error {
    /// One line without control characters.
    let message: String
}

/// The one place where an error becomes a line on standard error and an exit status.
func finish(with error: any Error) -> Never {
    switch error {
    case Errno.brokenPipe: endForBrokenPipe()
    case is DamagedInput: break
    case is FindingsFound: exit(ExitStatus.notWhole.rawValue)
    case is DifferencesFound: exit(ExitStatus.different.rawValue)
    case let error as CommandFailure: report(error.message)
    case let error as CheckpointError: report("\(error.path.forTerminal) \(error.detail)")
    case let error as ManifestError: report("the manifest \(error.detail)")
    case let error as ImageError: report(error.description)
    case let error as ImageJSONError: report(error.description)
    case let error as SearchFailure:
        report("the search ended near 0x\(String(error.address, radix: 16)) of \(error.place.text): \(error.detail)")
    case let error as Errno: report("writing failed: \(error)")
    default: finishParsing(error)
    }
    exit(ExitStatus.failed.rawValue)
}

/// Prints what ArgumentParser has to say, which may quote the arguments: help to standard output, errors to standard error.
private func finishParsing(_ error: any Error) -> Never {
    let status = Cryoscope.exitCode(for: error)
    let message = ByteText(Cryoscope.fullMessage(for: error)).escaped(keeping: [0x0A, 0x5C]) + "\n"
    let target: FileDescriptor = status == .success ? .standardOutput : .standardError
    _ = try? target.writeAll(message.utf8)
    exit(status.rawValue)
}

/// Prints one line to standard error, with everything harmless that comes from evidence.
func report(_ message: String) {
    _ = try? FileDescriptor.standardError.writeAll(errorLine(message).utf8)
}

/// A message as a line of standard error.
func errorLine(_ message: String) -> String {
    let name = CommandLine.arguments.first.map { FilePath($0).lastComponent?.string ?? $0 } ?? "cryoscope"
    return ByteText(name + ": " + message).escaped(keeping: [0x5C]) + "\n"
}
