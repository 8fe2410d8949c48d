import CheckpointTestSupport
import EvidenceText
import Foundation
import SystemPackage

@testable import CheckpointModel

/// Checkpoints with the files of container engines, made by a test.
enum Containers {
    /// A checkpoint with files beside its images.
    static func checkpoint(_ files: [String: String]) -> Checkpoint {
        var source = MemorySource()
        source.addProcesses([(1, 0)])
        for (name, text) in files { source.images[name] = Array(text.utf8) }
        return source.open()
    }

    /// The container of such a checkpoint.
    static func container(_ files: [String: String]) throws -> Container {
        switch checkpoint(files).container {
        case .value(let container): return container
        case .missing(let absence): throw TruthError(text: absence.detail)
        }
    }

    /// A container with a specification alone.
    static func container(spec: String) throws -> Container { try container(["spec.dump": spec]) }

    /// An archive of the fixtures.
    static func archive(_ name: String) throws -> Checkpoint {
        try Checkpoint(path: FilePath(Scenario.fixtures.appending(path: "archives/\(name)").path))
    }
}

extension Checkpoint {
    /// The problems of an engine's metadata.
    var metadataProblems: [Problem] { problems.filter { $0.code == "bad-metadata" } }
}
