import CheckpointTestSupport
import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

/// Runs `cryoscope`.
func cryoscope(
    _ arguments: String..., input: [UInt8] = [], in folder: URL? = nil, environment: [String: String] = [:]
) throws -> ToolRun {
    try cryoscope(arguments, input: input, in: folder, environment: environment)
}

/// Runs `cryoscope`.
func cryoscope(
    _ arguments: [String], input: [UInt8] = [], in folder: URL? = nil, environment: [String: String] = [:]
) throws -> ToolRun {
    try ToolRun(ToolRun.cryoscope, arguments, input: input, in: folder, environment: environment)
}

/// Runs a line of shell commands in which `$cryoscope` is the tool.
func shell(_ line: String, in folder: URL? = nil, environment: [String: String] = [:]) throws -> ToolRun {
    let tool = ["cryoscope": ToolRun.cryoscope.path]
    return try ToolRun(
        URL(filePath: "/bin/sh"), ["-c", line], in: folder, environment: environment.merging(tool) { $1 })
}

/// Starts the tool with no signal blocked: Foundation starts programs with those blocked that its own threads do not want.
func spawnTool(_ arguments: [String]) throws -> pid_t {
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    let words = ([ToolRun.cryoscope.path] + arguments).map { strdup($0) }
    defer { words.forEach { free($0) } }
    var tool: pid_t = 0
    let failure = posix_spawn(&tool, ToolRun.cryoscope.path, nil, &attributes, words + [nil], environ)
    guard failure == 0 else { throw CocoaError(.executableNotLoadable) }
    return tool
}

/// The folder of a dump.
func images(_ scenario: String) -> String { Scenario.named(scenario).folder.path }

/// An image of a dump.
func image(_ scenario: String, _ name: String) -> FixtureImage { Scenario.named(scenario).image(name) }

extension ToolRun {
    /// The lines of standard error.
    var errorLines: [Substring] { errorText.split(separator: "\n", omittingEmptySubsequences: true) }
}

/// Whether a JSON parser takes bytes for a document.
func isJSON(_ bytes: [UInt8]) throws -> Bool {
    let jq = URL(filePath: "/usr/bin/jq")
    if FileManager.default.isExecutableFile(atPath: jq.path) {
        return try ToolRun(jq, ["-e", "."], input: bytes).status == 0
    }
    // Bytes that are not UTF-8 stand as halves of surrogate pairs, as Python has them; this parser takes none.
    let text = String(decoding: bytes, as: UTF8.self).replacing("\\udc", with: "\\u00")
    return (try? JSONSerialization.jsonObject(with: Data(text.utf8))) != nil
}
