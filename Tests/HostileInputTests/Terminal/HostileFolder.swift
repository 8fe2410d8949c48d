import CRIUImages
import CheckpointTestSupport
import Foundation

/// A copy of a dump in which every text is hostile: in images, names of files, memory, and what an engine put beside them.
final class HostileFolder {
    private let scratch: ScratchFolder
    /// The copy, below a folder with a hostile name.
    let path: String
    /// A root file system with programs whose symbols are hostile.
    let sysroot: String
    private var texts = HostileTexts()

    /// How many texts were planted.
    var textCount: Int { texts.count }

    init(_ scenario: Scenario) throws {
        scratch = try ScratchFolder()
        path = scratch.path("a\u{1B}[31m\n\u{202E}")
        sysroot = scratch.path("root")
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        for image in scenario.images { try write(image.fileName, planted(image)) }
        try addOddNames()
        try addMetadata()
        let programs = "srv/forensics/crash"
        try scratch.makeFolder("root/" + programs)
        let crash = Scenario.fixtures.appending(path: "crash/root/\(programs)/crash")
        try scratch.write("root/\(programs)/crash", spoiled([UInt8](try Data(contentsOf: crash))))
    }

    private func write(_ name: String, _ bytes: [UInt8]) throws {
        try Data(bytes).write(to: URL(filePath: path).appending(path: name))
    }

    private func planted(_ image: FixtureImage) throws -> [UInt8] {
        let name = image.fileName
        if name.hasSuffix(".tar.gz.img") { return try Compression.gzip.pack(texts.tar()) }
        if name.contains("tables") { return try image.bytes() + Array("# ".utf8) + texts.nextLine() + [0x0A] }
        guard let file = try? image.open() else { return spoiled(try image.bytes()) }
        return try texts.planted(in: file)
    }

    private func addOddNames() throws {
        try write("core-1\u{1B}[2J.img", [1, 2, 3])
        try write("odd\u{1B}[31m\n\u{202E}.img", [1, 2, 3])
        try write("odd\u{9B}31m", [1, 2, 3])
        let bytes = Array((path + "/x").utf8) + [0x9B, 0xFF] + Array(".img".utf8) + [0]
        bytes.withUnsafeBytes { path in
            guard let path = path.baseAddress else { return }
            close(open(path.assumingMemoryBound(to: CChar.self), O_CREAT | O_WRONLY, 0o600))
        }
    }

    /// What Podman put beside the images of another container.
    private func addMetadata() throws {
        let archive = Scenario.fixtures.appending(path: "archives/shelltree.tar")
        for name in ["config.dump", "spec.dump", "network.status"] {
            let run = try ToolRun(URL(filePath: "/bin/tar"), ["-xOf", archive.path, name])
            try write(name, texts.planted(inJSON: run.output))
        }
        try write("deleted.files", texts.planted(inJSON: Array(#"["/gone"]"#.utf8)))
        try write("rootfs-diff.tar", texts.tar())
        try write("ctr.log", Array("2026-11-23T20:05:52.4+00:00 stdout F ".utf8) + texts.nextLine() + [0x0A])
        try write(
            "dump.log",
            Array("(00.1) Error (criu/".utf8) + texts.nextLine() + Array(".c:1): ".utf8) + texts.nextLine() + [0x0A])
    }

    /// A tar of the copy, with names that lead outside, links and devices.
    func archive() throws -> String {
        var tar = TarBuilder()
        for name in try FileManager.default.contentsOfDirectory(atPath: path).sorted() {
            guard let data = try? Data(contentsOf: URL(filePath: path).appending(path: name)) else { continue }
            tar.add("a\u{1B}[31m/\(name)", [UInt8](data))
        }
        // What follows the end of an archive is read too.
        try scratch.write("a\u{1B}[2J.tar", tar.archive + texts.tar())
        return scratch.path("a\u{1B}[2J.tar")
    }

    /// A path for output.
    func output(_ name: String) -> String { scratch.path("\(name)-\(UUID().uuidString)\u{1B}[31m") }
}
