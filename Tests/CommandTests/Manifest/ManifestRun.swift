import CheckpointTestSupport
import Foundation
import Testing

/// A manifest as a process wrote it.
struct ManifestRun {
    let run: ToolRun
    let document: [String: Any]

    init(_ path: String, _ options: String..., status: Int32 = 0) throws {
        run = try cryoscope(["manifest", path] + options)
        #expect(run.status == status, "\(run.errorText)")
        document = try #require(try JSONSerialization.jsonObject(with: Data(run.output)) as? [String: Any])
    }

    var digest: String? { document["digest"] as? String }
    var sources: [[String: Any]] { document["sources"] as? [[String: Any]] ?? [] }

    /// Writes the manifest to a file, and returns its path.
    func saved(in folder: ScratchFolder) throws -> String {
        try folder.write("manifest.json", run.output)
        return folder.path("manifest.json")
    }
}

/// Evidence with names that nobody would choose, of which one is not UTF-8.
func oddlyNamedEvidence() throws -> ScratchFolder {
    let folder = try ScratchFolder(copyOf: .named("crash"))
    for name in [
        "new\nline", "back\\slash", "carriage\rreturn", "tab\there", "-rf", "*", " ", "snow \u{2603}", "\\n", "\"'",
    ] {
        try folder.write(name, Array(name.utf8))
    }
    try folder.makeFolder("logs\n")
    try folder.write("logs\n/dump.log", [1])
    try folder.link("link\t", to: "to\\\nnowhere")
    let made = try shell(#"printf x > "$(printf 'caf\351')"; ln -s "$(printf '\377')" raw"#, in: folder.url)
    #expect(made.status == 0)
    return folder
}

/// Runs `cryoscope` as a user who may not read everything.
func unprivileged(_ arguments: [String]) throws -> ToolRun {
    guard geteuid() == 0 else { return try cryoscope(arguments) }
    let call = ["--reuid=65534", "--regid=65534", "--clear-groups", ToolRun.cryoscope.path]
    return try ToolRun(URL(filePath: "/usr/bin/setpriv"), call + arguments)
}
