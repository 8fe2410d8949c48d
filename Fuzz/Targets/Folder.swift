import CheckpointModel
import CheckpointTestSupport
import EvidenceText
import Foundation
import SystemPackage

/// Opens a directory and reads everything in it.
func fuzzFolder(_ input: [UInt8]) {
    guard let folder = try? ScratchFolder() else { fatalError("no temporary directory") }
    PackedFolder(input).write(to: folder.url)
    withExtendedLifetime(folder) { openAndRead(folder.path) }
}

/// Opens an archive and reads everything in it.
func fuzzArchive(_ input: [UInt8]) {
    guard let folder = try? ScratchFolder(), (try? folder.write("archive", input)) != nil else {
        fatalError("no temporary directory")
    }
    withExtendedLifetime(folder) { openAndRead(folder.path("archive")) }
}

private func openAndRead(_ path: String) {
    makeManifest(FilePath(path))
    do {
        readEverything(try Checkpoint(path: FilePath(path)))
    } catch {
        checkText { $0.append(string: "\(error)") }
    }
}
