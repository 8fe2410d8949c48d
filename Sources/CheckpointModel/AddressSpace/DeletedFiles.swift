internal import CRIUImages
internal import EvidenceText

/// Reads mapped files that were deleted from the images that have their content.
struct DeletedFiles: MappedFiles {
    private let checkpoint: Checkpoint

    init(_ checkpoint: Checkpoint) {
        self.checkpoint = checkpoint
    }

    func stretch(of file: OpenFile, at offset: UInt64, _ addresses: Range<UInt64>) -> MemoryStretch? {
        guard case .ghost(let number) = checkpoint.remap(of: file), let ghost = checkpoint.ghost(number),
            let content = ghost.content.value
        else { return nil }
        let name = file.target.value ?? ghost.path.value ?? ""
        return content.stretch(addresses, at: offset) {
            .deletedFile(name, image: ghost.origin.image, offset: $0)
        }
    }
}
