import CRIUImages
import CheckpointReport
import EvidenceText
import SystemPackage

@testable import CheckpointModel

/// Reads an input as a manifest that somebody handed over.
func fuzzManifest(_ input: [UInt8]) {
    guard let recorded = try? RecordedManifest(parsing: ImageBytes(input)) else { return }
    checkRecorded(recorded.manifest)
}

/// Makes the manifest of a directory or an archive.
func makeManifest(_ path: FilePath) {
    guard let manifest = try? EvidenceManifest(path: path) else { return }
    checkRecorded(manifest)
}

/// A manifest that was written reads back with the same digest.
private func checkRecorded(_ manifest: EvidenceManifest) {
    let call = ToolCall(version: "fuzz", arguments: [])
    let text = checkJSON { ManifestDocument(manifest, .init(call, madeAt: 0)).write(to: $0) }
    guard let recorded = try? RecordedManifest(parsing: ImageBytes(Array(text.utf8))) else {
        fatalError("a manifest does not read back")
    }
    require(recorded.manifest.digest == manifest.digest, "a manifest reads back with another digest")
    require(recorded.recordedDigest == manifest.digest, "a manifest records another digest")
}
