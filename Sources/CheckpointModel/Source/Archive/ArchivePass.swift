internal import CArchive
internal import CRIUImages
internal import EvidenceText
internal import SystemPackage

/// One run over an archive through libarchive, from its beginning to its end.
///
/// The members come in the same order and with the same numbers in each run.
struct ArchivePass: ~Copyable {
    private let handle: ArchiveHandle
    private let bytes: ImageBytes
    /// Keeps what the handle reads from; nil if that is the archive as it lies in memory.
    private let input: ArchiveInput?
    /// Where in the bytes the archive begins.
    private let start: Int
    /// The compressor that the members are packed by; nil if there is none.
    let compressor: String?
    /// How much the archive may unpack to.
    private let limit: Int
    private var hasStopped = false
    private var window: ReleaseWindow
    /// Blocks that are no header where one should be, since the last one that is.
    private var strayBlocks = 0
    private var end = ArchiveEnd()
    private var previous: MemberHeader?

    /// How many members have been met.
    private(set) var count = 0
    /// What was wrong so far.
    private(set) var damage: [ArchiveDamage] = []

    /// Recognises an archive by its content.
    ///
    /// - Parameter isUnpacking: What progress reports say.
    /// - Throws: ``ArchiveDamage`` if it is none.
    init(_ bytes: ImageBytes, _ context: SourceContext, isUnpacking: Bool) throws(ArchiveDamage) {
        // Of a tar with a damaged beginning the rest is read: what is compressed cannot be read from a later place on.
        start = ArchiveStart(of: bytes).offset
        let inMemory = try ArchiveHandle(bytes[start..<bytes.count])
        let compressor = inMemory.compressor
        if inMemory.isCompressed {
            let total = bytes.count
            let report = context.options.progress.map { progress in
                { (done: Int) in progress(.init(isUnpacking: isUnpacking, done: done, total: total)) }
            }
            let input = ArchiveInput(bytes, report: report)
            handle = try ArchiveHandle(input)
            self.input = input
        } else {
            handle = inMemory
            input = nil
        }
        self.compressor = compressor
        self.bytes = bytes
        limit = context.unpackedLimit(of: bytes.count)
        window = ReleaseWindow(bytes, from: 0)
        if start > 0 {
            let detail =
                "the archive begins with \(start) bytes that are no header of a member: what was there is lost"
            damage.append(ArchiveDamage(detail: detail, member: nil))
        }
    }

    /// Whether the members are packed by a compressor.
    var isCompressed: Bool { input != nil }

    /// Moves to the next member.
    ///
    /// A block that is no header is passed over, so that one damaged header does not hide the members behind it.
    ///
    /// - Returns: Its header; nil at the end, or where damage ends the reading.
    mutating func next() -> MemberHeader? {
        var entry: OpaquePointer?
        while !hasStopped {
            let status = archive_read_next_header(handle.pointer, &entry)
            if status == ARCHIVE_EOF {
                damage += end.damage(at: UInt64(handle.position), count)
                break
            }
            if status == ARCHIVE_RETRY {
                strayBlocks += 1
                continue
            }
            guard status >= ARCHIVE_WARN, let entry else {
                stop(message)
                break
            }
            if !isWithinLimit() { break }
            let header = MemberHeader(entry, after: previous)
            previous = header
            if !isCompressed { window.advance(to: min(start + handle.position, bytes.count)) }
            noteEnd(header, entry)
            noteStrayBlocks()
            count += 1
            return header
        }
        hasStopped = true
        noteStrayBlocks()
        return nil
    }

    private var message: String { input?.failure ?? handle.message }

    private mutating func noteEnd(_ header: MemberHeader, _ entry: OpaquePointer) {
        let size = header.isSparse ? nil : UInt64(clamping: archive_entry_size(entry))
        end.note(count, content: UInt64(handle.position), size: size, isBehindEnd: isBehindEnd)
    }

    /// Whether there are blocks of zeros before the current member's header. Of a packed archive only the position tells,
    /// where the header is known to be one block; behind damage, zeros can be content.
    private var isBehindEnd: Bool {
        // A member that claims to end behind the next one lies.
        guard strayBlocks == 0, let end = end.end.flatMap({ Int(exactly: $0) }), end <= handle.position else {
            return false
        }
        guard !isCompressed else { return handle.hasBareHeader && handle.position - 512 >= end + 512 }
        let block = (start + end)..<(start + end + 512)
        guard block.upperBound <= bytes.count else { return false }
        return bytes.withUnsafeBytes { $0[block].allSatisfy { $0 == 0 } }
    }

    private mutating func noteStrayBlocks() {
        guard strayBlocks > 0 else { return }
        let what = strayBlocks == 1 ? "a block that is" : "\(strayBlocks) blocks that are"
        let detail = "\(what) no header of a member: what was there is lost"
        damage.append(ArchiveDamage(detail: detail, member: count))
        strayBlocks = 0
    }

    /// Ends the reading, since nothing that follows can be trusted.
    private mutating func stop(_ detail: String) {
        hasStopped = true
        damage.append(ArchiveDamage(detail: detail, member: count))
    }

    private mutating func isWithinLimit() -> Bool {
        guard handle.position > limit else { return true }
        stop("unpacks to \(tooMuch)")
        return false
    }

    private var tooMuch: String {
        "more than \(limit) bytes, which is not plausible; the rest is not read (--max-unpacked sets the limit)"
    }

    /// Ends the reading, and says why.
    mutating func refuse(_ detail: String) {
        if !hasStopped { stop(detail) }
    }

    // MARK: Content

    /// The range of the mapped archive that the current member's content is, if it lies there in one piece. It is shorter
    /// than the header says if the archive ends inside it.
    mutating func range(of header: MemberHeader) -> Range<Int>? {
        if header.size == 0 { return 0..<0 }
        guard !isCompressed, !header.isSparse else { return nil }
        var block: UnsafeRawPointer?
        var count = 0
        var offset: la_int64_t = 0
        let status = archive_read_data_block(handle.pointer, &block, &count, &offset)
        guard status == ARCHIVE_OK, let block, offset == 0 else { return 0..<0 }
        return bytes.withUnsafeBytes { all -> Range<Int>? in
            guard let base = all.baseAddress, block >= base, block + count <= base + all.count else { return nil }
            return (block - base)..<(block - base + min(count, header.size))
        }
    }

    /// Calls a function with the current member's content, block by block.
    ///
    /// - Parameter body: Gets the offset of the block in the content, and the block, which is valid only during the call.
    /// - Returns: What ended the content early; nil if it is complete.
    /// - Throws: What the function throws.
    mutating func read(
        _ header: MemberHeader, _ body: (Int, UnsafeRawBufferPointer) throws(Errno) -> Void
    ) throws(Errno) -> String? {
        var block: UnsafeRawPointer?
        var count = 0
        var offset: la_int64_t = 0
        while true {
            let status = archive_read_data_block(handle.pointer, &block, &count, &offset)
            if status == ARCHIVE_EOF { return nil }
            guard status >= ARCHIVE_WARN else {
                let detail = message
                if status == ARCHIVE_FATAL { hasStopped = true }
                return detail
            }
            guard let block, count > 0 else { continue }
            guard offset >= 0, offset <= Int64(header.size - min(count, header.size)), count <= header.size else {
                return "the member is larger than its header says"
            }
            guard handle.position <= limit else {
                hasStopped = true
                return "the archive unpacks to \(tooMuch)"
            }
            try body(Int(offset), UnsafeRawBufferPointer(start: block, count: count))
        }
    }
}
