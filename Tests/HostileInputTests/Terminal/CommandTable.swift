import CheckpointTestSupport
import Foundation

/// The commands of the tool, as it tells itself.
enum CommandTable {
    /// A command without commands below it.
    struct Command: Sendable {
        /// Its name, with that of the command above it.
        let name: String
        /// Its options, without dashes.
        let options: Set<String>
    }

    /// All commands but `help`.
    static func commands() throws -> [Command] {
        let run = try ToolRun(ToolRun.cryoscope, ["--experimental-dump-help"])
        let tool = try JSONDecoder().decode(Tool.self, from: Data(run.output))
        return (tool.command.subcommands ?? []).flatMap { leaves(of: $0, behind: []) }.filter { $0.name != "help" }
    }

    private static func leaves(of node: Node, behind names: [String]) -> [Command] {
        let path = names + [node.commandName]
        guard let below = node.subcommands, !below.isEmpty else {
            let names = (node.arguments ?? []).flatMap { $0.names ?? [] }.map(\.name)
            return [Command(name: path.joined(separator: " "), options: Set(names))]
        }
        return below.flatMap { leaves(of: $0, behind: path) }
    }

    private struct Tool: Decodable {
        let command: Node
    }

    private struct Node: Decodable {
        let commandName: String
        let subcommands: [Node]?
        let arguments: [Argument]?
    }

    private struct Argument: Decodable {
        let names: [Name]?

        struct Name: Decodable {
            let name: String
        }
    }

    /// What each command is called with: `@` is the checkpoint, `%` a process, `#` an address, `=` an image, `>` a path for
    /// output, `~` a root file system.
    static let calls: [String: [[String]]] = [
        "show": [["@"], ["="]], "ps": [["@"], ["@", "--long"]], "threads": [["@", "--registers", "--filters"]],
        "bt": [["@"], ["@", "--sysroot", "~"]], "signals": [["@"]], "env": [["@"]], "files": [["@"]],
        "sockets": [["@"], ["@", "--details"]], "maps": [["@"], ["@", "--smaps"]],
        "memory map": [["@"]], "memory read": [["@", "--pid", "%", "#", "64K"]],
        "memory search": [["@", "--regex", "[^ ]+[a-z]{3}", "--limit", "50"]],
        "memory strings": [["@"]], "memory extract": [["@", "--pid", "%", "--all", "-o", ">"]],
        "mounts": [["@"], ["@", "--content"]], "network": [["@"]], "namespaces": [["@"]], "ipc": [["@"]],
        "cgroups": [["@"]], "container": [["@"]],
        "diff": [["@", other], [other, "@", "--bytes"], ["=", otherImage]],
        "verify": [["@"], ["@", "--format", "sarif"], ["@", "--manifest", otherManifest.path("manifest")]],
        // Not --format sha256sum, which has names as they are, but on a terminal.
        "manifest": [["@"]], "recover": [["@", "-o", ">"]],
        "export": [["@"], ["@", "--format", "ndjson"], ["@", "--format", "core", "-o", ">"], ["@", "--redact"]],
        "schema": [[]], "decode": [["-i", "="], ["-i", "=", "--pretty"], ["-i", "@"]], "encode": [["-i", "="]],
        "info": [["="], ["@"]], "x": ["ps", "fds", "mems", "rss", "sk"].map { ["@", $0] },
    ]

    private static let other = Scenario.named("crash").folder.path
    /// A folder with a manifest of another checkpoint.
    private static let otherManifest: ScratchFolder = {
        guard let folder = try? ScratchFolder(),
            let run = try? ToolRun(ToolRun.cryoscope, ["manifest", other, "-o", folder.path("manifest")]),
            run.status == 0
        else { preconditionFailure("no manifest can be made") }
        return folder
    }()
    private static let otherImage = Scenario.named("crash").image("files.img").url.path
}
