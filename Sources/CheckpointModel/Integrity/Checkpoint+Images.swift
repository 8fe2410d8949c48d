internal import CRIUImages

extension Checkpoint {
    /// Reads every image of the dump and of the snapshots that it builds on to its end. Raw images, such as memory pages,
    /// are not read: of them the size is told.
    ///
    /// - Parameter note: Is told of damage, by the codes of ``problems``, and of what is odd about the bytes of entries:
    ///   `repeated-field`, `padded-number`, `wide-number`, `wrong-type`, `bad-field-number`,
    ///   `unknown-field`, `unknown-value`.
    /// - Returns: The files, the dump's first, by name.
    public func examineImages(_ note: (Problem) -> Void) -> [ImageSummary] {
        library.levels.enumerated().flatMap { level, library in
            library.source.imageNames.filter { $0 != "parent" }.map { name in
                ImageExaminer(library, level).summary(of: name, note)
            }
        }
    }

    /// Where entries of an image begin.
    ///
    /// - Parameters:
    ///   - entries: The entries, counted from 0.
    ///   - image: The name of the image, with `parent/` before it if it is of a snapshot that the dump builds on.
    /// - Returns: The byte offsets of those that can be read. Linear in the size of the image.
    public func entryOffsets(_ entries: Set<Int>, in image: String) -> [Int: Int] {
        guard let (library, name) = library.resolved(image), library.has(name),
            let bytes = try? library.source.bytes(of: name), let image = try? ImageFile(bytes, name: name)
        else { return [:] }
        var offsets: [Int: Int] = [:]
        var cursor = image.entries()
        while offsets.count < entries.count, (try? cursor.next()) == true {
            if entries.contains(cursor.index) { offsets[cursor.index] = cursor.offset }
        }
        return offsets
    }
}

extension Checkpoint {
    /// Where an area of a process is in the images: in the entry of its memory, or, as old versions of CRIU wrote it, in an
    /// image of areas.
    ///
    /// - Parameters:
    ///   - area: The area's place in the image.
    ///   - pid: The process.
    /// - Returns: The entry, and the byte offset of the area in its image; nil if it cannot be read. Linear in the size of
    ///   the image.
    public func place(ofArea area: Int, of pid: Int) -> (origin: Origin, offset: Int)? {
        let name = "mm-\(pid).img"
        if let image = library.quietly(name) {
            var cursor = image.entries()
            if (try? cursor.next()) == true,
                let offset = fieldOffset(MmEntry.areasField, at: area, of: image.bytes[cursor.messageRange])
            {
                return (Origin(name, entry: 0), cursor.messageRange.lowerBound + offset)
            }
        }
        let old = "vmas-\(pid).img"
        return entryOffsets([area], in: old)[area].map { (Origin(old, entry: area), $0) }
    }
}

extension MmEntry {
    /// The number of the field that lists the areas.
    fileprivate static let areasField: UInt32 = 14
}

extension ImageLibrary {
    /// This snapshot and those that it builds on.
    var levels: [ImageLibrary] {
        var levels = [self]
        while let next = levels[levels.count - 1].presentParent { levels.append(next) }
        return levels
    }

    /// The snapshot that this one builds on, if there is a link to one.
    private var presentParent: ImageLibrary? { has("parent") ? parent.value : nil }

    /// The library that an image with `parent/` before its name is in, and its name there.
    func resolved(_ image: String) -> (ImageLibrary, String)? {
        var (library, name) = (self, Substring(image))
        while name.hasPrefix("parent/") {
            guard let parent = library.presentParent else { return nil }
            (library, name) = (parent, name.dropFirst("parent/".count))
        }
        return (library, String(name))
    }
}

/// Reads an image for what it is.
private struct ImageExaminer {
    let library: ImageLibrary
    let level: Int

    init(_ library: ImageLibrary, _ level: Int) { (self.library, self.level) = (library, level) }

    func summary(of name: String, _ note: (Problem) -> Void) -> ImageSummary {
        let named = ImageKind(fileName: name)
        if named == nil && !name.hasSuffix(".img") { return summary(of: name, size(of: name, note), nil, nil) }
        if named?.lead == .raw { return summary(of: name, size(of: name, note), named, nil) }
        do throws(ImageError) {
            let bytes = try library.source.bytes(of: name)
            let image = try ImageFile(bytes, name: name)
            if let named, named.magic != image.kind.magic {
                note(problem(ImageError(unexpected: image.kind, in: name)))
            }
            let (count, damage) = image.audit { note(problem($0, name)) }
            if let damage { note(problem(damage)) }
            return summary(of: name, bytes.count, image.kind, count, isWhole: damage == nil)
        } catch {
            // What a plugin writes need not begin with a magic word.
            if named != nil || error.code == .unreadable { note(problem(error)) }
            return summary(of: name, size(of: name) { _ in }, nil, nil, isWhole: named == nil)
        }
    }

    private func size(of name: String, _ note: (Problem) -> Void) -> Int {
        do {
            return try library.source.pages(of: name).count
        } catch {
            note(problem(error))
            return 0
        }
    }

    private func summary(
        of name: String, _ size: Int, _ kind: ImageKind?, _ entries: Int?, isWhole: Bool = true
    ) -> ImageSummary {
        ImageSummary(
            name: library.prefix + name, level: level, byteCount: size, kind: kind?.name,
            isNameKnown: ImageKind(fileName: name) != nil || CheckpointPlace.isNoted(name), isWhole: isWhole,
            entryCount: entries, modified: library.source.modificationTime(of: name))
    }

    private func problem(_ error: ImageError) -> Problem {
        Problem(
            image: library.prefix + error.image, entry: error.entry, offset: error.offset, code: error.code.rawValue,
            detail: error.detail)
    }

    private func problem(_ note: WireNote, _ name: String) -> Problem {
        Problem(
            image: library.prefix + name, entry: note.entry, offset: note.offset, code: note.kind.rawValue,
            detail: note.detail)
    }
}
