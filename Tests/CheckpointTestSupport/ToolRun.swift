public import Foundation

/// What a run of a program gave.
public struct ToolRun: Sendable {
    /// The bytes of standard output.
    public let output: [UInt8]
    /// The bytes of standard error.
    public let errors: [UInt8]
    /// The exit status; for a program that was killed, the signal's number, negative.
    public let status: Int32

    /// Standard output as text.
    public var outputText: String { String(decoding: output, as: UTF8.self) }

    /// Standard error as text.
    public var errorText: String { String(decoding: errors, as: UTF8.self) }

    /// Where the build puts `cryoscope`: beside the program that runs the tests.
    public static var cryoscope: URL {
        let runner = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        return runner.deletingLastPathComponent().appending(path: "cryoscope")
    }

    /// Runs a program to its end.
    ///
    /// - Parameters:
    ///   - program: The program; `cryoscope` unless it is another.
    ///   - arguments: Its arguments.
    ///   - input: What it finds on standard input; nothing unless given.
    ///   - folder: The folder that it runs in; that of the tests unless given.
    ///   - environment: What is added to the environment of the tests.
    public init(
        _ program: URL = ToolRun.cryoscope, _ arguments: [String], input: [UInt8] = [], in folder: URL? = nil,
        environment: [String: String] = [:]
    ) throws {
        // Files instead of pipes: there is nothing to be drained while the program runs.
        let exchange = try ExchangeFolder()
        defer { exchange.remove() }
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
        process.standardInput = try exchange.file("input", holding: input)
        process.standardOutput = try exchange.newFile("output")
        process.standardError = try exchange.newFile("errors")
        try process.run()
        process.waitUntilExit()
        output = try exchange.content("output")
        errors = try exchange.content("errors")
        status = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    }
}

/// A folder of its own for what goes into a program and comes out of it.
private struct ExchangeFolder {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "cryoscope-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    func remove() {
        try? FileManager.default.removeItem(at: folder)
    }

    func file(_ name: String, holding bytes: [UInt8]) throws -> FileHandle {
        let url = folder.appending(path: name)
        try Data(bytes).write(to: url)
        return try FileHandle(forReadingFrom: url)
    }

    func newFile(_ name: String) throws -> FileHandle {
        let url = folder.appending(path: name)
        try Data().write(to: url)
        return try FileHandle(forWritingTo: url)
    }

    func content(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: folder.appending(path: name)))
    }
}
