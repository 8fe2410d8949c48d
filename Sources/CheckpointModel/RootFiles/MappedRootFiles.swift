internal import CRIUImages
internal import EvidenceText
internal import Synchronization

/// Reads the pages of mapped files of one process.
final class MappedRootFiles: MappedFiles {
    private let files: RootFiles
    private let memory: ProcessMemory
    private let verifications = Mutex<[FileReference: FileVerification]>([:])

    init(_ files: RootFiles, _ memory: ProcessMemory) {
        self.files = files
        self.memory = memory
    }

    func stretch(of file: OpenFile, at offset: UInt64, _ addresses: Range<UInt64>) -> MemoryStretch? {
        guard let found = files.file(file).value else { return nil }
        // What is mapped behind the last page of a file is not there at all.
        let end = UInt64(found.bytes.count).addingCapped(memory.pageSize - 1) / memory.pageSize * memory.pageSize
        guard offset < end else { return nil }
        let addresses =
            addresses.lowerBound..<min(addresses.upperBound, addresses.lowerBound.addingCapped(end - offset))
        return Content(found.bytes.bytes).stretch(addresses, at: offset) { offset in
            if case .deletedFile(let image) = found.source {
                return .deletedFile(found.path, image: image, offset: offset)
            }
            return .file(found.path, offset: offset, isVerified: isVerified(found, file))
        }
    }

    private func isVerified(_ found: RootFile, _ file: OpenFile) -> Bool {
        verifications.withLock { known in
            if let verification = known[file.reference] { return verification.isVerified }
            let verification = files.verification(of: found, as: file, in: memory)
            known[file.reference] = verification
            return verification.isVerified
        }
    }
}
