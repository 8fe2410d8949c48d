import CRIUImages
import SystemPackage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// The bytes of a file, or of standard input.
struct Input {
    let bytes: ImageBytes
    /// The file's name without folders.
    let name: String

    /// Opens the input.
    ///
    /// - Parameter path: The file, or nil for standard input.
    /// - Throws: ``CommandFailure`` if it cannot be read, or if standard input is a terminal.
    init(_ path: String?) throws {
        guard let path else {
            guard isatty(STDIN_FILENO) == 0 else {
                throw CommandFailure(message: "no input: name a file with --in, or pipe one in")
            }
            name = "standard input"
            bytes = try Input.read(name) { () throws(Errno) in try ImageBytes(reading: .standardInput) }
            return
        }
        name = FilePath(path).lastComponent?.string ?? path
        bytes = try Input.read(path) { () throws(Errno) in try ImageBytes(path: argumentPath(path)) }
    }

    private static func read(_ name: String, _ body: () throws(Errno) -> ImageBytes) throws -> ImageBytes {
        do {
            return try body()
        } catch {
            throw CommandFailure(message: "\(name) cannot be read: \(error)")
        }
    }
}
