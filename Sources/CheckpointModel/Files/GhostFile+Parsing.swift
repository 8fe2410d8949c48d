internal import CRIUImages
internal import EvidenceText

/// Reads the deleted files of a checkpoint.
struct GhostLoader {
    private let library: ImageLibrary
    private let files: FileTable
    /// The ids of the open files of each ghost.
    private let users: [UInt32: [UInt32]]

    init(_ library: ImageLibrary, _ files: FileTable, _ remaps: [UInt32: FileRemap]) {
        self.library = library
        self.files = files
        var users: [UInt32: [UInt32]] = [:]
        for (file, remap) in remaps.sorted(by: { $0.key < $1.key }) {
            if case .ghost(let number) = remap { users[number, default: []].append(file) }
        }
        self.users = users
    }

    /// The ghosts that files refer to, and those that none does, by ascending number.
    func load() -> [GhostFile] {
        var numbers = Set(users.keys)
        for name in library.source.imageNames where ImageKind(fileName: name) == .ghostFile {
            if let digits = name.split(separator: "-").last?.split(separator: ".").first,
                let number = UInt32(digits, radix: 16)
            {
                numbers.insert(number)
            }
        }
        return numbers.sorted().compactMap(ghost)
    }

    private func ghost(_ number: UInt32) -> GhostFile? {
        let name = "ghost-file-" + String(number, radix: 16) + ".img"
        library.noteIfAbsent(name)
        guard let image = library.image(name).value else { return nil }
        var cursor = image.entries()
        do throws(ImageError) {
            guard try cursor.next() else { return nil }
        } catch {
            library.note(error)
            return nil
        }
        guard
            let entry = cursor.withMessage({ message in
                message.type == GhostFileEntry.messageType ? GhostFileEntry(parsing: message) : nil
            })
        else {
            library.note(ImageError(unexpected: image.kind, in: name))
            return nil
        }
        let whole = cursor.payload
        let chunks = entry.chunks == true ? chunked(&cursor, entry.size ?? 0, name) : nil
        return ghost(number, entry, chunks ?? self.whole(whole, image, number))
    }

    private func ghost(_ number: UInt32, _ entry: GhostFileEntry, _ content: Content) -> GhostFile {
        let users = users[number] ?? []
        let path: Known<ByteText> = .recorded(
            users.lazy.compactMap { pathFile($0)?.path }.first, "no open file refers to the image")
        let none = "the image does not have the time"
        return GhostFile(
            number: number, path: path, mode: entry.mode, userID: entry.uid, groupID: entry.gid,
            device: entry.dev.map { DeviceNumber(kernel: $0) }, inode: entry.ino,
            node: entry.rdev.map { DeviceNumber(status: $0) },
            accessedAt: .recorded(entry.atim.map { TimeValue($0) }, none),
            modifiedAt: .recorded(entry.mtim.map { TimeValue($0) }, none), linkTarget: entry.symlnkTarget,
            content: entry.mode & 0o170000 == 0o100000
                ? .value(content) : .missing(Absence(.notApplicable, "it is no regular file")),
            isChunked: entry.chunks == true, files: users,
            origin: Origin("ghost-file-" + String(number, radix: 16) + ".img", entry: 0))
    }

    private func pathFile(_ id: UInt32) -> PathFile? {
        guard case .path(let file) = files.file(.regular, id).value?.detail else { return nil }
        return file
    }

    // MARK: Content

    /// Content up to the end of the image. Only the open file tells how much it should be.
    private func whole(_ payload: Payload, _ image: ImageFile, _ number: UInt32) -> Content {
        guard case .bytes(let range, _) = payload else { return Content(image.bytes[0..<0]) }
        let found = UInt64(range.count)
        let told = (users[number] ?? []).compactMap { pathFile($0)?.size.value }.max() ?? found
        guard told > found else { return Content(image.bytes[range]) }
        let detail = "\(image.name) ends after \(found) of \(told) bytes"
        library.note(Problem(image: image.name, entry: 0, offset: nil, code: "truncated-payload", detail: detail))
        return Content(
            size: told,
            pieces: [
                Content.Piece(offset: 0, count: found, bytes: .value(image.bytes[range])),
                Content.Piece(offset: found, count: told - found, bytes: .missing(Absence(.damaged, detail))),
            ].filter { $0.count > 0 })
    }

    private func chunked(_ cursor: inout EntryCursor, _ size: UInt64, _ name: String) -> Content {
        var pieces: [Content.Piece] = []
        var end: UInt64 = 0
        var damage: Absence?
        do throws(ImageError) {
            while try cursor.next() {
                let chunk = cursor.withMessage { message in
                    message.type == GhostChunkEntry.messageType ? GhostChunkEntry(parsing: message) : nil
                }
                guard let chunk, case .bytes(let range, _) = cursor.payload, !range.isEmpty else { continue }
                let count = UInt64(range.count)
                guard chunk.off >= end, chunk.off <= size, count <= size - chunk.off else {
                    note(name, cursor.index, cursor.offset, "the chunk overlaps another or lies beyond the end")
                    continue
                }
                pieces.append(
                    Content.Piece(offset: chunk.off, count: count, bytes: .value(cursor.image.bytes[range])))
                end = chunk.off + count
            }
        } catch {
            damage = library.note(error)
        }
        if let damage, end < size {
            pieces.append(Content.Piece(offset: end, count: size - end, bytes: .missing(damage)))
        }
        return Content(size: size, pieces: pieces)
    }

    private func note(_ name: String, _ entry: Int, _ offset: Int, _ detail: String) {
        library.note(Problem(image: name, entry: entry, offset: offset, code: "bad-chunk", detail: detail))
    }
}
