import CheckpointModel
import EvidenceText

extension MemoryStretch {
    /// Where the bytes come from, or why there are none, for a person.
    var sourceText: String { origin.text + (isHole ? ", a hole: \(holeText)" : "") }
}

/// What holes in pages images can mean.
let holeText = "zeros that a copy stored sparsely, or superseded by a newer dump"

extension MemoryStretch.Origin {
    /// Where the bytes come from, or why there are none, for a person.
    var text: String {
        switch self {
        case .image(let snapshot, let name, let offset): snapshotText(snapshot) + place(name, offset)
        case .object(let id, let name, let snapshot, let image, let offset):
            "shared memory \(id) \(name.forTerminal), " + snapshotText(snapshot) + place(image, offset)
        case .deletedFile(let name, let image, let offset):
            "deleted file \(name.forTerminal), " + place(image, offset) + " of its content"
        case .file(let name, let offset, let isVerified):
            "file \(name.forTerminal) at 0x\(padded(offset, 1)), " + (isVerified ? "verified" : "not verified")
        case .absent(let reason): "absent: " + reason.text
        }
    }

    private func snapshotText(_ snapshot: Int) -> String { snapshot == 0 ? "" : "parent \(snapshot), " }

    private func place(_ image: String, _ offset: UInt64) -> String {
        "\(ByteText(image).forTerminal) at 0x\(padded(offset, 1))"
    }
}

extension MemoryStretch.Reason {
    /// Why bytes are absent, for a person.
    var text: String {
        switch self {
        case .unmapped: "nothing is mapped here"
        case .cleanFilePage(let name, let offset):
            "unchanged page of \(name.forTerminal), offset 0x\(padded(offset, 1))"
        case .untouched: "never touched, the process read zeros"
        case .notDumped: "memory of a device or of the kernel, which CRIU does not dump"
        case .guardRegion: "guard region"
        case .lazy: "left behind when dumping, to be fetched later"
        case .lost(let detail): ByteText(detail).forTerminal
        }
    }
}
