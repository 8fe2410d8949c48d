extension ImageHeader {
    /// Reads the words at the beginning of a file; where there are none, the file's name decides.
    ///
    /// - Parameters:
    ///   - bytes: The whole file.
    ///   - name: The file's name, without folders.
    /// - Throws: ``ImageError`` with `.tooShort`, `.unknownMagic`, or `.notFramed` for a raw image.
    public init(parsing bytes: ImageBytes, name: String) throws(ImageError) {
        let words = bytes.withUnsafeBytes { LeadingWords($0) }
        if let found = words.header {
            self = found.kind.isNamedAlike ? found.renamed(by: name) : found
            return
        }
        // Matching names takes longer than all the rest, so it is left for where the words do not tell.
        let named = ImageKind(fileName: name)
        guard let named, named.lead == .sizeAlone else { throw words.error(named: named, name: name) }
        self = bytes.withUnsafeBytes { ImageHeader(sized: $0, kind: named) }
    }

    /// The header with the kind that a file's name stands for, if it shares the magic word.
    private func renamed(by name: String) -> ImageHeader {
        guard let named = ImageKind(fileName: name), named.magic == kind.magic else { return self }
        return ImageHeader(kind: named, byteOrder: byteOrder, isOldForm: isOldForm, entriesOffset: entriesOffset)
    }
}

extension ImageHeader {
    /// The header of a file that holds a 64-bit size and one message, or, in old images, the message alone.
    ///
    /// No message can be taken for a size: its first byte is the tag of a low field, and the bytes of a size that fits
    /// the file begin or end with zeros, which are no tags.
    fileprivate init(sized bytes: UnsafeRawBufferPointer, kind: ImageKind) {
        let size = bytes.count >= 8 ? bytes.loadUnaligned(as: UInt64.self) : 0
        let expected = UInt64(max(bytes.count - 8, 0))
        if bytes.count >= 8 && (size.littleEndian == expected || size.bigEndian == expected) {
            let order: ByteOrder = size.littleEndian == expected ? .little : .big
            self.init(kind: kind, byteOrder: order, isOldForm: false, entriesOffset: 8)
        } else {
            self.init(kind: kind, byteOrder: .little, isOldForm: true, entriesOffset: 0)
        }
    }
}

/// The first two words of a file, as far as there are any.
private struct LeadingWords {
    let count: Int
    let first: UInt32
    let second: UInt32

    private var hasLead: Bool {
        [first, first.byteSwapped].contains { $0 == ImageHeader.commonLead || $0 == ImageHeader.serviceLead }
    }

    init(_ bytes: UnsafeRawBufferPointer) {
        self.count = bytes.count
        self.first = bytes.count >= 4 ? bytes.word(at: 0, .little) : 0
        self.second = bytes.count >= 8 ? bytes.word(at: 4, .little) : 0
    }

    /// The header, if the words are those of a framed image in either byte order.
    var header: ImageHeader? {
        guard count >= 4 else { return nil }
        return header(.little, first, second) ?? header(.big, first.byteSwapped, second.byteSwapped)
    }

    private func header(_ order: ByteOrder, _ first: UInt32, _ second: UInt32) -> ImageHeader? {
        let hasLead = first == ImageHeader.commonLead || first == ImageHeader.serviceLead
        guard !hasLead || count >= 8 else { return nil }
        guard let kind = ImageKind(magic: hasLead ? second : first) else { return nil }
        return ImageHeader(
            kind: kind, byteOrder: order, isOldForm: !hasLead && kind.lead != .magicAlone,
            entriesOffset: hasLead ? 8 : 4)
    }

    func error(named: ImageKind?, name: String) -> ImageError {
        if let named, named.lead == .raw {
            let content = named.content ?? "raw data"
            return ImageError(.notFramed, "not made of entries: \(content)", image: name, kind: named, at: 0)
        }
        if count < (hasLead ? 8 : 4) {
            return ImageError(.tooShort, "too short for an image (\(count) bytes)", image: name, at: count)
        }
        let word = "0x" + String(hasLead ? second : first, radix: 16)
        let detail = "unknown magic \(word); an image of raw data, perhaps"
        return ImageError(.unknownMagic, detail, image: name, at: hasLead ? 4 : 0)
    }
}

extension ImageKind {
    /// Whether two kinds have the magic word of this one, and CRIU's tool knows them apart. The other kinds that share a
    /// word, page maps and binfmt_misc, go under one name there.
    fileprivate var isNamedAlike: Bool { self == .signal || self == .psignal }
}
