internal import EvidenceText
internal import SystemPackage

extension Checkpoint {
    /// The digest of the manifest of what the user named: that of ``EvidenceManifest/digest``.
    ///
    /// It is computed when it is first asked for, and takes reading every file of the evidence once. What cannot be read is
    /// then listed as a problem.
    public var manifestDigest: Known<String> {
        evidenceFiles.map { DigestLines.digest($0.sources) }
    }

    /// The files of the evidence, if they have been read.
    var madeEvidenceFiles: EvidenceFiles? { memo.made(Known<EvidenceFiles>.self)?.value }

    private var evidenceFiles: Known<EvidenceFiles> {
        guard let evidence else { return .missing(Absence(.notApplicable, "the checkpoint is not of a file")) }
        return memo.value { () -> Known<EvidenceFiles> in
            do throws(CheckpointError) {
                let files = try EvidenceFiles(evidence)
                files.problems.forEach(library.note)
                return .value(files)
            } catch {
                return .missing(Absence(.unreadable, error.detail))
            }
        }
    }
}
