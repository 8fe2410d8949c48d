import CheckpointAnalysis
import CheckpointModel
import EvidenceText

extension DifferenceSubject {
    /// Whether it is memory.
    var isMemory: Bool {
        switch self {
        case .area, .pages, .sharedObject, .memory: true
        default: false
        }
    }

    /// The addresses as a label; of pages only the first, if there is one.
    var addressText: String {
        guard let addresses else { return "" }
        let start = padded(addresses.lowerBound, 8)
        if let pages, pages.count == 1 { return sharedPrefix + start }
        return sharedPrefix + start + "-" + padded(addresses.upperBound, 8)
    }

    private var sharedPrefix: String { pages?.object.map { $0.name.forTerminal + " +" } ?? "" }
}

extension Difference {
    /// What the difference of memory is; nil if it is about something else.
    var memoryText: String? {
        switch subject {
        case .area(let area): text(area.change)
        case .pages(let pages): text(pages)
        default: nil
        }
    }

    private func text(_ area: AreaChange) -> String {
        let size = byteText((area.after ?? area.before).map { $0.upperBound - $0.lowerBound } ?? 0)
        let now = areaText(area.afterArea ?? area.beforeArea)
        switch area.kind {
        case .mapped: return "mapped \(now), \(size)\(pagesText(area.afterPages))"
        case .grown: return "grown by \(size): \(now)\(pagesText(area.afterPages))"
        case .unmapped: return "unmapped \(areaText(area.beforeArea)), \(size)\(pagesText(area.beforePages))"
        case .shrunk: return "shrunk by \(size): \(areaText(area.beforeArea))\(pagesText(area.beforePages))"
        case .moved: return "moved from \(padded(area.before?.lowerBound ?? 0, 8)): \(now), \(size)"
        case .protected:
            return "\(area.beforeArea?.permissions ?? "?") → \(now), \(size)"
        case .changed: return "\(area.differences.names.joined(separator: ", ")) changed: \(changedText(area)), \(size)"
        }
    }

    private func changedText(_ area: AreaChange) -> String {
        let (old, new) = (areaText(area.beforeArea), areaText(area.afterArea))
        return old == new ? new : "\(old) → \(new)"
    }

    private func pagesText(_ pages: PageCounts) -> String {
        let count = pages.present &+ pages.parent
        return count == 0 ? "" : ", \(count) \(count == 1 ? "page" : "pages")"
    }

    private func areaText(_ area: MemorySegment?) -> String {
        guard let area else { return "[heap]" }
        return "\(area.permissions) \(area.name.isEmpty ? "anonymous" : area.name.forTerminal)"
    }

    private func text(_ pages: PageSubject) -> String {
        let word = change.lastMember
        let count = "\(pages.count) \(pages.count == 1 ? "page" : "pages") \(word)"
        var parts = [count]
        if pages.object == nil, let area = pages.area { parts.append(areaText(area)) }
        if pages.change.isMoved { parts.append("before at \(padded(pages.change.before.lowerBound, 8))") }
        if case .unknown(let side, let reason) = pages.change.kind {
            parts.append("\(side.text): \(reason.text)")
        } else if let provenance = provenance(pages) {
            parts.append(provenance)
        }
        if let holes = pages.change.holes {
            parts.append("\(holes.text) in a hole: \(holeText)")
        }
        return parts.joined(separator: ", ")
    }

    /// Where the bytes come from, if that is not the images of both dumps.
    private func provenance(_ pages: PageSubject) -> String? {
        let snapshots = [
            pages.sides.before?.origin(at: pages.change.before.lowerBound)?.snapshot,
            pages.sides.after?.origin(at: pages.change.after.lowerBound)?.snapshot,
        ]
        let texts = zip(["before", "after"], snapshots).compactMap { side, snapshot in
            snapshot.flatMap { $0 > 0 ? "\(side) from parent \($0)" : nil }
        }
        return texts.isEmpty ? nil : texts.joined(separator: ", ")
    }
}

extension MemorySide {
    /// The side as a word.
    var word: String {
        switch self {
        case .before: "before"
        case .after: "after"
        case .both: "both"
        }
    }

    fileprivate var text: String { self == .both ? "on both sides" : word }
}
