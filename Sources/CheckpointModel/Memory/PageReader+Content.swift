internal import CRIUImages

extension PageReader {
    /// All pages up to a size as content, without copying: what no page map has is a hole, what a page map has but no
    /// image is missing with its reason.
    func content(size: UInt64) -> Content {
        var pieces: [Content.Piece] = []
        var pending = [(range: 0..<size, level: 0)]
        while let (range, place) = pending.popLast() {
            guard place < levels.count else {
                let absence = missingLevel ?? Absence(.noImage, "the parent snapshot is not there")
                pieces.append(.missing(range, absence))
                continue
            }
            let level = levels[place]
            var end = range.lowerBound
            for run in level.runs(in: range) {
                let part = max(run.address, end)..<min(run.end(level.pageSize), range.upperBound)
                if end < part.lowerBound { pieces += gap(end..<part.lowerBound, place) }
                end = part.upperBound
                switch run.location {
                case .parent: pending.append((part, place + 1))
                case .image(let offset), .hole(let offset): pieces.append(piece(part, run, offset, level))
                case .lazy: pieces.append(.missing(part, Absence(.pagesLazy, "pages were left to be fetched later")))
                case .lost: pieces.append(.missing(part, level.pages.absence ?? .lostPages(level.pagesName)))
                case .compressed(let blocks): pieces += self.pieces(part, run, blocks, level)
                }
            }
            if end < range.upperBound { pieces += gap(end..<range.upperBound, place) }
        }
        return Content(size: size, pieces: pieces.sorted { $0.offset < $1.offset })
    }

    /// Pages that a page map does not have: never written, unless the map is cut short, or another one calls for them.
    private func gap(_ range: Range<UInt64>, _ place: Int) -> [Content.Piece] {
        if let damage = levels[place].damage { return [.missing(range, damage)] }
        if place == 0 { return [] }
        return [.missing(range, Absence(.pagesAbsent, "the parent snapshot does not have the pages"))]
    }

    private func piece(_ part: Range<UInt64>, _ run: PageRun, _ offset: UInt64, _ level: PageMap) -> Content.Piece {
        let start = offset.addingCapped(part.lowerBound - run.address)
        let count = UInt64(part.count)
        guard let pages = level.pages.value, start.addingCapped(count) <= UInt64(pages.count) else {
            return .missing(part, level.pages.absence ?? .lostPages(level.pagesName))
        }
        return Content.Piece(offset: part.lowerBound, count: count, in: pages, from: Int(start))
    }

    /// Compressed blocks, each unpacked when it is read.
    private func pieces(
        _ part: Range<UInt64>, _ run: PageRun, _ blocks: CompressedPages, _ level: PageMap
    ) -> [Content.Piece] {
        guard let pages = level.pages.value else {
            return [.missing(part, level.pages.absence ?? .lostPages(level.pagesName))]
        }
        var pieces: [Content.Piece] = []
        var address = part.lowerBound
        while address < part.upperBound {
            let offset = address - run.address
            let start = offset / blocks.blockBytes * blocks.blockBytes
            let count = min(blocks.blockBytes, blocks.byteCount - start)
            let end = min(run.address + start + count, part.upperBound)
            let block = DeferredBytes(count: Int(count)) { blocks.block(at: offset, in: pages).bytes }
            pieces.append(.init(offset: address, count: end - address, in: block, from: Int(offset - start)))
            address = end
        }
        return pieces
    }
}

extension PageMap {
    /// The runs that have a part in a range. Logarithmic, and linear in their number.
    fileprivate func runs(in range: Range<UInt64>) -> ArraySlice<PageRun> {
        let first = runs.partitioningIndex { $0.end(pageSize) > range.lowerBound }
        let last = runs.partitioningIndex { $0.address >= range.upperBound }
        return first < last ? runs[first..<last] : []
    }
}

extension Absence {
    fileprivate static func lostPages(_ name: String) -> Absence {
        Absence(.damaged, name.isEmpty ? "no pages image is named" : "\(name) does not hold the pages")
    }
}

extension Content.Piece {
    /// A stretch that is missing.
    static func missing(_ range: Range<UInt64>, _ absence: Absence) -> Content.Piece {
        Content.Piece(
            offset: range.lowerBound, count: range.upperBound - range.lowerBound, bytes: .missing(absence))
    }
}
