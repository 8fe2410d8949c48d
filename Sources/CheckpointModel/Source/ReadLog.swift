internal import CRIUImages
internal import EvidenceText
internal import Synchronization

/// Keeps what was read of a source, for the record of an examination.
final class ReadLog: Sendable {
    /// What stands before the names of files: where they are in an archive that is in another one.
    let prefix: String
    /// Whether files are members of an archive, whose digest covers them.
    let isArchive: Bool
    private let entries: Mutex<[String: Entry]>

    private struct Entry {
        let kind: SourceFile.Kind
        let bytes: DeferredBytes
        /// Which parts of a page image were read.
        var ranges: MergedRanges
    }

    init(prefix: String = "", isArchive: Bool = false, archives: [(name: String, bytes: ImageBytes)] = []) {
        self.prefix = prefix
        self.isArchive = isArchive
        var entries: [String: Entry] = [:]
        for (name, bytes) in archives {
            entries[name] = Entry(kind: .archive, bytes: DeferredBytes(bytes), ranges: MergedRanges())
        }
        self.entries = Mutex(entries)
    }

    /// Notes that a file is read.
    ///
    /// - Returns: The content; what is read of a page image is noted when it is read.
    func note(_ bytes: DeferredBytes, _ path: String, isPages: Bool) -> DeferredBytes {
        entries.withLock { entries in
            if entries[path] == nil {
                entries[path] = Entry(kind: isPages ? .pages : .file, bytes: bytes, ranges: MergedRanges())
            }
        }
        guard isPages else { return bytes }
        return bytes.logged { range in
            self.entries.withLock { $0[path]?.ranges.insert(range) }
        }
    }

    /// What was read so far: archives first, then by name.
    var files: [SourceFile] {
        let entries = entries.withLock { $0 }
        return entries.map { path, entry in
            SourceFile(
                name: ByteText(path), kind: entry.kind, size: UInt64(entry.bytes.count),
                readCount: UInt64(entry.kind == .pages ? entry.ranges.count : entry.bytes.count),
                isCovered: isArchive && entry.kind == .pages, bytes: entry.bytes)
        }.sorted { ($0.kind != .archive ? 1 : 0, $0.name) < ($1.kind != .archive ? 1 : 0, $1.name) }
    }
}

/// Ranges, those that touch being one.
struct MergedRanges {
    private var ranges: [Range<Int>] = []

    /// How many numbers are in the ranges.
    var count: Int { ranges.reduce(0) { $0 + $1.count } }

    /// Adds a range. Linear in the number of ranges at the worst; constant where they come in order.
    mutating func insert(_ range: Range<Int>) {
        guard !range.isEmpty else { return }
        let first = index { $0.upperBound >= range.lowerBound }
        var last = first
        var merged = range
        while last < ranges.count, ranges[last].lowerBound <= range.upperBound {
            merged = min(merged.lowerBound, ranges[last].lowerBound)..<max(merged.upperBound, ranges[last].upperBound)
            last += 1
        }
        ranges.replaceSubrange(first..<last, with: [merged])
    }

    private func index(_ isBehind: (Range<Int>) -> Bool) -> Int {
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if isBehind(ranges[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
