internal import CheckpointModel

/// Whether pages images hold the pages that their page maps list, and whether these are where memory is.
///
/// Pages are not read: sizes tell.
final class PageCheck {
    private let checkpoint: Checkpoint
    private let set: ImageSet
    private let list: FindingList
    /// Which page map leads to a pages image.
    private var claims: [String: String] = [:]
    private let levelCount: Int
    /// The processes by id: of several with one id the first.
    private let processes: [Int: Process]

    init(_ checkpoint: Checkpoint, _ set: ImageSet, _ list: FindingList) {
        (self.checkpoint, self.set, self.list) = (checkpoint, set, list)
        processes = Dictionary(
            (checkpoint.processes.value ?? []).map { ($0.pid, $0) }, uniquingKeysWith: { first, _ in first })
        levelCount = (set.all.map(\.level).max() ?? 0) + 1
    }

    /// Checks all page maps.
    ///
    /// - Returns: What was counted of them.
    func run() -> StatisticsCheck {
        var statistics = StatisticsCheck(list)
        checkpoint.examinePageMaps { map in
            statistics.count(map)
            checkPages(of: map)
            checkRuns(of: map)
            checkAreas(of: map)
            checkParent(of: map)
        }
        checkUnclaimed()
        return statistics
    }

    // MARK: Pages images

    private func checkPages(of map: PageMapImage) {
        guard let pages = map.pagesImage else { return }
        if let other = claims.updateValue(map.image, forKey: pages) {
            list.add(.pagesShared, map.image, entry: 0, "\(pages) is that of \(other) too")
        }
        guard let held = map.pagesByteCount.value else {
            if !set.has(pages) {
                list.add(.noPages, map.image, entry: 0, missing: pages, "\(pages) is not there")
            }
            return
        }
        let claimed = map.storedByteCount
        if held > claimed {
            list.add(
                .pagesTooLong, pages, offset: Int(clamping: claimed),
                "\(held) bytes, of which \(map.image) lists \(claimed)")
        } else if held < claimed {
            list.add(
                .pagesTooShort, pages, offset: Int(clamping: held), "\(held) bytes, but \(map.image) lists \(claimed)")
            explainLost(map, held)
        }
    }

    /// The entries whose pages are beyond the end of the pages image need no finding each.
    private func explainLost(_ map: PageMapImage, _ held: UInt64) {
        var place: UInt64 = 0
        for entry in map.entries {
            let (end, overflow) = place.addingReportingOverflow(entry.storedByteCount)
            place = overflow ? .max : end
            if place > held { list.explain(entry.index, of: map.image) }
        }
    }

    private func checkUnclaimed() {
        for image in set.all where image.kind == "PAGES" && image.baseName.hasPrefix("pages-") {
            if claims[image.name] == nil {
                list.add(.pagesUnclaimed, image.name, "no page map leads to its \(image.byteCount) bytes")
            }
        }
    }

    // MARK: Page maps

    private func checkRuns(of map: PageMapImage) {
        var end: UInt64 = 0
        for entry in map.entries {
            check(entry, of: map)
            if entry.pageCount > 0 && entry.address < end {
                list.explain(entry.index, of: map.image)
                add(
                    .overlappingRuns, entry, map,
                    "\(text(entry, map)) begins before \(hexadecimal(end)), where one ended")
            }
            end = max(end, entry.end(map.pageSize))
        }
    }

    private func check(_ entry: PageMapImage.Entry, of map: PageMapImage) {
        if entry.pageCount == 0 { add(.emptyRun, entry, map, "no pages at \(hexadecimal(entry.address))") }
        if entry.address % map.pageSize != 0 {
            add(.misalignedRun, entry, map, "\(hexadecimal(entry.address)), with pages of \(map.pageSize) bytes")
        }
        if entry.end(map.pageSize) == .max {
            add(.runBeyondAddresses, entry, map, "\(entry.pageCount) pages at \(hexadecimal(entry.address))")
        }
        if entry.place == .nowhere {
            list.explain(entry.index, of: map.image)
            add(.placelessRun, entry, map, "\(text(entry, map)) are neither present, nor lazy, nor in the parent")
        }
    }

    private func checkAreas(of map: PageMapImage) {
        if case .sharedMemory(let id) = map.owner { return checkSize(of: map, id) }
        guard map.level == 0, case .process(let pid) = map.owner, let process = processes[pid],
            let memory = checkpoint.memory(of: process).value
        else { return }
        let cover = AddressCover(memory.segments.lazy.map(\.addresses))
        for entry in map.entries {
            guard let gap = cover.gap(in: entry.address..<entry.end(map.pageSize)) else { continue }
            add(.outsideArea, entry, map, "\(text(entry, map)): no area of process \(pid) has \(hexadecimal(gap))")
        }
    }

    /// Shared memory ends with a whole page.
    private func checkSize(of map: PageMapImage, _ id: UInt64) {
        guard map.level == 0, let size = checkpoint.sharedMemory(id)?.size.value else { return }
        for entry in map.entries where entry.pageCount > 0 {
            let (last, underflow) = entry.end(map.pageSize).subtractingReportingOverflow(map.pageSize)
            if underflow || last >= size {
                add(.beyondObject, entry, map, "\(text(entry, map)) of \(size) bytes")
            }
        }
    }

    private func checkParent(of map: PageMapImage) {
        let inParent = map.entries.filter { $0.place == .parent && $0.pageCount > 0 }
        guard let first = inParent.first else { return }
        guard map.level + 1 < levelCount else {
            list.explain("parent")
            list.explain(String(repeating: "parent/", count: map.level) + "parent")
            let more = inParent.count > 1 ? ", and \(inParent.count - 1) entries more" : ""
            return add(.noParentSnapshot, first, map, text(first, map) + more)
        }
        let parent = checkpoint.pageMap(of: map.owner, level: map.level + 1)
        if parent == nil { list.explain("parent/" + map.image) }
        let cover = AddressCover((parent?.entries ?? []).lazy.map { $0.address..<$0.end(map.pageSize) })
        for entry in inParent {
            guard let gap = cover.gap(in: entry.address..<entry.end(map.pageSize)) else { continue }
            let whose = parent.map(\.image) ?? "there is no parent/\(map.image), which"
            add(.notInParent, entry, map, "\(text(entry, map)): \(whose) does not list \(hexadecimal(gap))")
        }
    }

    private func add(
        _ rule: VerificationRule, _ entry: PageMapImage.Entry, _ map: PageMapImage,
        _ explanation: @autoclosure () -> String
    ) {
        list.add(rule, map.image, entry: entry.index, explanation())
    }

    private func text(_ entry: PageMapImage.Entry, _ map: PageMapImage) -> String {
        "\(hexadecimal(entry.address))-\(hexadecimal(entry.end(map.pageSize)))"
    }
}
