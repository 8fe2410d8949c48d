internal import CRIUImages

extension ImageLibrary {
    /// The content of a shared memory object whose pages have images of their own: a System V segment, shared anonymous
    /// memory, a memfd.
    ///
    /// - Parameters:
    ///   - id: The number of its page map, `pagemap-shmem-ID.img`.
    ///   - size: The object's size in bytes. Pages beyond it are left out; pages of it that are in no run were never
    ///     written, and are holes.
    func sharedMemory(_ id: UInt64, size: UInt64) -> Known<Content> {
        SharedMemoryPages(name: "pagemap-shmem-\(id).img").content(self, size: size)
    }
}

/// Finds the pages of a shared memory object, through the stack of snapshots.
private struct SharedMemoryPages {
    let name: String

    func content(_ library: ImageLibrary, size: UInt64) -> Known<Content> {
        map(library).map { Content(size: size, pieces: pieces(of: 0..<size, $0, library)) }
    }

    private func map(_ library: ImageLibrary) -> Known<PageMap> {
        PageMapParser(library, name, knownPageSize: nil).parse()
    }

    /// The pieces in a range of the object. Parents are read level by level, not by recursion: there can be many.
    private func pieces(of range: Range<UInt64>, _ map: PageMap, _ library: ImageLibrary) -> [Content.Piece] {
        var done: [Content.Piece] = []
        var pending = pieces(of: [range], map, &done)
        var library = library
        while !pending.isEmpty {
            let parent = library.parent.flatMap { parent in self.map(parent).map { (parent, $0) } }
            guard case .value((let next, let map)) = parent else {
                done += pending.map { missing($0, parent.absence ?? SharedMemoryPages.absent) }
                break
            }
            let before = done.count
            let ranges = pending
            pending = pieces(of: ranges, map, &done)
            done += holes(in: ranges, besides: done[before...], and: pending)
            library = next
        }
        return done.sorted { $0.offset < $1.offset }
    }

    private static let absent = Absence(.pagesAbsent, "the parent snapshot does not have the page")

    /// Adds the pieces that a snapshot has of some ranges.
    ///
    /// - Parameter ranges: By ascending offset, not overlapping.
    /// - Returns: The ranges that its own parent has.
    private func pieces(of ranges: [Range<UInt64>], _ map: PageMap, _ done: inout [Content.Piece]) -> [Range<UInt64>] {
        var deeper: [Range<UInt64>] = []
        var runs = map.runs[...]
        for range in ranges {
            while let run = runs.first, run.end(map.pageSize) <= range.lowerBound { runs.removeFirst() }
            for run in runs {
                guard run.address < range.upperBound else { break }
                let part = (run.address..<run.end(map.pageSize)).clamped(to: range)
                if run.location == .parent { deeper.append(part) } else { done.append(piece(part, run, map)) }
            }
        }
        return deeper
    }

    private func piece(_ part: Range<UInt64>, _ run: PageRun, _ map: PageMap) -> Content.Piece {
        switch run.location {
        case .image(let offset):
            let bytes = map.pages.flatMap { pages -> Known<ImageBytes> in
                let start = offset.addingCapped(part.lowerBound - run.address)
                let end = start.addingCapped(part.upperBound - part.lowerBound)
                guard end <= UInt64(pages.count) else {
                    return .missing(Absence(.damaged, "\(map.pagesName) ends before the page"))
                }
                return .value(pages[Int(start)..<Int(end)])
            }
            return Content.Piece(offset: part.lowerBound, count: part.upperBound - part.lowerBound, bytes: bytes)
        case .compressed: return missing(part, Absence(.unsupported, "the page is compressed"))
        case .lazy: return missing(part, Absence(.pagesLazy, "the page was left to be fetched later"))
        case .lost, .parent:
            return missing(part, map.pages.absence ?? Absence(.damaged, "\(map.pagesName) does not hold the page"))
        }
    }

    private func missing(_ part: Range<UInt64>, _ absence: Absence) -> Content.Piece {
        Content.Piece(offset: part.lowerBound, count: part.upperBound - part.lowerBound, bytes: .missing(absence))
    }

    /// What a parent should have of some ranges and does not: missing, not a hole.
    private func holes(
        in ranges: [Range<UInt64>], besides found: ArraySlice<Content.Piece>, and deeper: [Range<UInt64>]
    ) -> [Content.Piece] {
        let covered = (found.map { $0.offset..<($0.offset + $0.count) } + deeper).sorted {
            $0.lowerBound < $1.lowerBound
        }
        var place = covered[...]
        var holes: [Content.Piece] = []
        for range in ranges {
            var start = range.lowerBound
            while let next = place.first, next.lowerBound < range.upperBound {
                if next.lowerBound > start { holes.append(missing(start..<next.lowerBound, SharedMemoryPages.absent)) }
                start = next.upperBound
                place.removeFirst()
            }
            if start < range.upperBound { holes.append(missing(start..<range.upperBound, SharedMemoryPages.absent)) }
        }
        return holes
    }
}
