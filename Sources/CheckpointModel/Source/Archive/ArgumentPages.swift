internal import CRIUImages
internal import EvidenceText

/// Tells which stretches of page images hold the arguments and environments of processes, while an archive is looked through.
///
/// CRIU's names let a memory description and a page map come before the pages in every archive that keeps the order of names.
/// Where they do not, nothing is known, and the pages are unpacked when they are asked for.
struct ArgumentPages {
    private var folders: [ByteText: Folder] = [:]
    /// How many bytes may still be kept.
    private var left: Int

    private struct Folder {
        var images: [String: ArchiveContents.Place] = [:]
        /// The processes by the number of their page image.
        var processes: [UInt32: [String]] = [:]
    }

    /// How long a command line and environment can be: Linux allows 6 MiB.
    private static let longest: UInt64 = 8 << 20

    /// - Parameter limit: How many bytes are kept in all.
    init(limit: Int) {
        left = limit
    }

    /// Notes a member that was kept, if it is a memory description or a page map.
    mutating func note(_ member: ArchiveMember, _ store: borrowing MemberStore) {
        let (folder, name) = member.header.name.folderAndName
        guard let name = name.string, name.hasSuffix(".img"), name.hasPrefix("mm-") || name.hasPrefix("pagemap-"),
            let bytes = store.bytes(member.place)
        else { return }
        folders[folder, default: Folder()].images[name] = member.place
        guard name.hasPrefix("pagemap-"), let number = pagesNumber(bytes, name) else { return }
        folders[folder]?.processes[number, default: []].append(String(name.dropFirst("pagemap-".count).dropLast(4)))
    }

    private func pagesNumber(_ bytes: ImageBytes, _ name: String) -> UInt32? {
        guard let image = try? ImageFile(bytes, name: name) else { return nil }
        var cursor = image.entries()
        guard (try? cursor.next()) == true else { return nil }
        return cursor.withMessage { message in
            message.type == PagemapHead.messageType ? PagemapHead(parsing: message).pagesId : nil
        }
    }

    /// The stretches of a page image that are wanted, by ascending offset, without overlaps.
    mutating func ranges(inPages header: MemberHeader, _ store: borrowing MemberStore) -> [Range<Int>] {
        let (folder, name) = header.name.folderAndName
        guard let name = name.string, let number = UInt32(name.dropFirst("pages-".count).dropLast(4)),
            let known = folders[folder], let processes = known.processes[number]
        else { return [] }
        var ranges: [Range<Int>] = []
        for process in processes {
            let names = ["mm-\(process).img", "pagemap-\(process).img"]
            var images: [String: ImageBytes] = [:]
            for name in names { images[name] = known.images[name].flatMap { store.bytes($0) } }
            ranges += ArgumentPages.ranges(
                process, ImageLibrary(PartialSource(images: images, pagesName: name, pagesCount: header.size)))
        }
        return affordable(merged(ranges))
    }

    private static func ranges(_ process: String, _ library: ImageLibrary) -> [Range<Int>] {
        guard let entry = library.record("mm-\(process).img", MmEntry.self).value else { return [] }
        let size = MemoryLoader.pageSize(entry)
        guard let map = PageMapParser(library, "pagemap-\(process).img", knownPageSize: size).parse().value else {
            return []
        }
        // The strings that the auxiliary vector points to stand beside the arguments and the environment.
        return [(entry.mmArgStart, entry.mmArgEnd), (entry.mmEnvStart, entry.mmEnvEnd)].flatMap { start, end in
            let first = max(start / map.pageSize, 1) * map.pageSize - map.pageSize
            let last = end.addingCapped(2 * map.pageSize - 1) / map.pageSize * map.pageSize
            guard start <= end, end - start <= longest, first < last else { return [] as [Range<Int>] }
            return map.imageRanges(of: first..<last)
        }
    }

    private func merged(_ ranges: [Range<Int>]) -> [Range<Int>] {
        var merged: [Range<Int>] = []
        for range in ranges.sorted(by: { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }) {
            if let last = merged.last, range.lowerBound <= last.upperBound {
                merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        return merged
    }

    private mutating func affordable(_ ranges: [Range<Int>]) -> [Range<Int>] {
        var affordable: [Range<Int>] = []
        for range in ranges where range.count <= left {
            affordable.append(range)
            left -= range.count
        }
        return affordable
    }
}

extension PageMap {
    /// The stretches of the pages image that hold the pages of an address range.
    fileprivate func imageRanges(of addresses: Range<UInt64>) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        for run in runs(from: addresses.lowerBound) {
            guard run.address < addresses.upperBound else { break }
            let first = max(run.address, addresses.lowerBound)
            let last = min(run.end(pageSize), addresses.upperBound)
            guard first < last, let stored = run.stored((first - run.address)..<(last - run.address)),
                let start = Int(exactly: stored.lowerBound), let end = Int(exactly: stored.upperBound),
                start < end, end <= pages.value?.count ?? 0
            else { continue }
            ranges.append(start..<end)
        }
        return ranges
    }
}

extension PageRun {
    /// Where a part of the run is in the pages image; nil if it is not there.
    fileprivate func stored(_ part: Range<UInt64>) -> Range<UInt64>? {
        switch location {
        case .image(let offset), .hole(let offset):
            offset.addingCapped(part.lowerBound)..<offset.addingCapped(part.upperBound)
        case .compressed(let blocks): blocks.stored(part)
        case .parent, .lazy, .lost: nil
        }
    }
}

/// A memory description and a page map, with a page image whose size is all that is known of it.
private struct PartialSource: ImageSource {
    let images: [String: ImageBytes]
    let pagesName: String
    let pagesCount: Int

    let name: ByteText = ""
    var imageNames: [String] { (images.keys + [pagesName]).sorted() }

    func bytes(of name: String) throws(ImageError) -> ImageBytes {
        guard let bytes = images[name] else { throw ImageError(unreadable: name, "passed over") }
        return bytes
    }

    func pages(of name: String) throws(ImageError) -> DeferredBytes {
        guard name == pagesName else { throw ImageError(unreadable: name, "passed over") }
        return DeferredBytes(count: pagesCount) { .missing(Absence(.noImage, "passed over")) }
    }

    func modificationTime(of name: String) -> Int64? { nil }

    func parent() throws(ImageError) -> (any ImageSource)? { nil }
}

extension ByteText {
    /// The name of a member of an archive, divided at its last slash.
    var folderAndName: (folder: ByteText, name: ByteText) {
        guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return ("", self) }
        return (ByteText(Array(bytes[..<slash])), ByteText(Array(bytes[(slash + 1)...])))
    }
}
