import CheckpointModel
import EvidenceText

/// What there is to say of a memory area beside its row, as smaps does.
struct SegmentNotes {
    let memory: ProcessMemory
    let architecture: Architecture?

    /// The lines for an area, free of control characters.
    func lines(_ segment: MemorySegment) -> [String] {
        [pages(segment), kind(segment)] + shared(segment)
    }

    private func pages(_ segment: MemorySegment) -> String {
        var parts = ["size " + byteText(segment.byteCount)]
        if memory.pageRuns.value == nil {
            parts.append("pages not known")
        } else {
            parts += counts(segment.pages)
        }
        let absent = segment.absentPages
        let count = absent.count(pageSize: memory.pageSize)
        if count > 0 { parts.append("\(counted(count, "page")) not in the images: \(absent.reason.text)") }
        return parts.joined(separator: ", ")
    }

    private func counts(_ pages: PageCounts) -> [String] {
        let all = [
            (pages.present, "here"), (pages.parent, "in parent snapshots"), (pages.lazy, "left to be fetched later"),
            (pages.lost, "lost"),
        ]
        return all.filter { $0.0 > 0 }.map { "\(counted($0.0, "page")) \($0.1)" }
    }

    private func kind(_ segment: MemorySegment) -> String {
        var parts = segment.mapFlagNames + segment.adviceNames + segment.status.names
        if let flags = segment.fileFlags { parts.append("file " + OpenFlags(flags, architecture).shortText) }
        return parts.joined(separator: " ")
    }

    private func shared(_ segment: MemorySegment) -> [String] {
        guard let view = segment.sharedMemory else { return [] }
        let counts = view.pages.value.map { self.counts($0) } ?? ["pages not known"]
        return [
            "shared memory \(view.objectID): " + (counts.isEmpty ? "never written" : counts.joined(separator: ", "))
        ]
    }
}

extension AbsentPages.Reason {
    /// The reason in words.
    var text: String {
        switch self {
        case .neverWritten: "never written, or zero"
        case .unchangedFromFile: "unchanged from the file"
        case .inFile: "in the file"
        case .unchangedFromObject: "unchanged from the shared memory"
        case .kernel: "of the kernel"
        case .guardRegion: "guard region"
        }
    }
}

/// A number and its noun, in the singular for one.
private func counted(_ count: UInt64, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
