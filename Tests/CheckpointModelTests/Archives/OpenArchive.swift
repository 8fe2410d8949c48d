import CRIUImages
import EvidenceText

@testable import CheckpointModel

/// Opens an archive that a test has made.
func openArchive(_ archive: [UInt8], _ context: SourceContext = SourceContext()) throws -> Checkpoint {
    let bytes = ImageBytes(archive)
    let tree = try ArchiveTree(bytes, context)
    let finder = CheckpointFinder(name: "test", context: context)
    let found = finder.candidates(in: tree, at: .init(archives: [("test", bytes)], problems: tree.problems))
    guard let candidate = found.first else { throw TruthError(text: "no checkpoint is in the archive") }
    return Checkpoint(candidate.source, problems: candidate.problems)
}
