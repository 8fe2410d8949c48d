import CheckpointModel
import CheckpointTestSupport
import FoundationEssentials
import SystemPackage

/// The bundled archives of Podman.
enum KnownArchive {
    /// The checkpoint of a shell with two programs.
    static func shelltree(_ suffix: String = ".tar") throws -> Checkpoint {
        try Checkpoint(path: FilePath(Scenario.fixtures.appending(path: "archives/shelltree\(suffix)").path))
    }
}
