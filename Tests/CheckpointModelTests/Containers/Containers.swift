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

    /// A protobuf `Any`.
    static func envelope(_ type: String, _ value: [UInt8]) -> [UInt8] {
        func field(_ tag: UInt8, _ bytes: [UInt8]) -> [UInt8] {
            var size = bytes.count
            var head = [tag]
            while size >= 0x80 {
                head.append(UInt8(size & 0x7F | 0x80))
                size >>= 7
            }
            return head + [UInt8(size)] + bytes
        }
        return field(0x0A, Array(type.utf8)) + field(0x12, value)
    }
}

extension Checkpoint {
    /// The problems of an engine's metadata.
    var metadataProblems: [Problem] { problems.filter { $0.code == "bad-metadata" } }
}
