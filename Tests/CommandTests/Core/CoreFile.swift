import CheckpointTestSupport
import Foundation
import Testing

/// An ELF core that the tool wrote of a process, in a folder of its own.
struct CoreFile {
    let folder: ScratchFolder
    let path: String
    /// What the tool said of it.
    let run: ToolRun

    init(of checkpoint: String, pid: Int? = nil) throws {
        folder = try ScratchFolder()
        path = folder.path("core")
        let selection = pid.map { ["--pid", String($0)] } ?? []
        run = try cryoscope(["export", checkpoint, "--format", "core", "-o", path] + selection)
        try #require(run.status == 0, "\(run.errorText)")
    }

    /// Runs a program on the core.
    ///
    /// - Parameter arguments: The arguments; `CORE` stands for the path.
    func read(by program: String, _ arguments: String...) throws -> ToolRun {
        let line = ([program] + arguments.map { $0 == "CORE" ? path : $0 }).map { "'\($0)'" }.joined(separator: " ")
        return try shell(line, environment: ["LC_ALL": "C"])
    }

    /// What readelf prints, after a check that it finds nothing wrong.
    ///
    /// - Parameter warning: A line that it may print all the same.
    func header(tolerating warning: String = "") throws -> String {
        let run = try read(by: "readelf", "-a", "-W", "CORE")
        let found = run.errorLines.filter { $0 != warning }
        #expect(run.status == 0 && found.isEmpty, "\(run.errorText.prefix(500))")
        #expect(!run.outputText.contains("Warning") && !run.outputText.contains("<corrupt"))
        return run.outputText
    }

    /// What eu-readelf prints of the notes, after a check that it finds nothing wrong.
    func notes() throws -> String {
        let run = try read(by: "eu-readelf", "-n", "CORE")
        #expect(run.status == 0 && run.errorText == "")
        #expect(!run.outputText.contains("invalid"))
        return run.outputText
    }
}

/// The programs of the dumps.
enum Program {
    /// The program of a scenario. That of ppc64el is kept compressed, and unpacked into a folder.
    static func path(_ scenario: String, in folder: ScratchFolder) throws -> String {
        let base = String(scenario.prefix { $0 != "/" })
        let name = base.hasPrefix("crash") ? "\(base)/\(base)" : "arch/wl"
        let path = Scenario.fixtures.appending(path: "\(base)/root/srv/forensics/\(name)").path
        guard base == "ppc64el" else { return path }
        let run = try shell("gzip -dc '\(path).gz' > '\(folder.path("program"))'")
        try #require(run.status == 0, "\(run.errorText)")
        return folder.path("program")
    }

    /// Fails if a file of the machine that runs the tests is not the one that was mapped in a dump: debuggers need it.
    static func require(_ file: String, buildID: String) throws {
        let run = try shell("readelf -n '\(file)'")
        try #require(run.outputText.contains(buildID), "\(file) is not that of Debian 12 with build id \(buildID)")
    }

    static let libc = (
        path: "/usr/lib/x86_64-linux-gnu/libc.so.6", buildID: "93ac61ec5a8eb1396f9fbd350e3169a558528a40"
    )
    static let python = (path: "/usr/bin/python3.11", buildID: "571d98e01096d5c1c32420d229a6731a0a50d2a0")
}
