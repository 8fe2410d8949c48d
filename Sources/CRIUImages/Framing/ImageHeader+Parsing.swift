extension ImageHeader {
    /// Reads the words at the beginning of a file; where there are none, the file's name decides.
    ///
    /// - Parameters:
    ///   - bytes: The whole file.
    ///   - name: The file's name, without folders.
    /// - Throws: ``ImageError`` with `.tooShort`, `.unknownMagic`, or `.notFramed` for a raw image.
    public init(parsing bytes: ImageBytes, name: String) throws(ImageError) {
        let named = ImageKind(fileName: name)
        if let named, named.lead == .sizeAlone {
            self = bytes.withUnsafeBytes { ImageHeader(sized: $0, kind: named) }
            return
        }
        let words = bytes.withUnsafeBytes { LeadingWords($0) }
        if let found = words.header(named: named) {
            self = found
        } else {
            throw words.error(named: named, name: name)
        }
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
    func header(named: ImageKind?) -> ImageHeader? {
        guard count >= 4 else { return nil }
        return header(named: named, order: .little, first, second)
            ?? header(named: named, order: .big, first.byteSwapped, second.byteSwapped)
    }

    private func header(named: ImageKind?, order: ByteOrder, _ first: UInt32, _ second: UInt32) -> ImageHeader? {
        let hasLead = first == ImageHeader.commonLead || first == ImageHeader.serviceLead
        guard !hasLead || count >= 8 else { return nil }
        guard let found = ImageKind(magic: hasLead ? second : first) else { return nil }
        let kind = named.map { $0.magic == found.magic && $0.lead != .raw ? $0 : found } ?? found
        return ImageHeader(
            kind: kind.printedKind, byteOrder: order, isOldForm: !hasLead && kind.lead != .magicAlone,
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
    /// The kind under whose name the JSON form of an image goes: CRIU's tool has one name for kinds of one magic word.
    fileprivate var printedKind: ImageKind {
        switch self {
        case .shmemPagemap: .pagemap
        case .binfmtMiscOld: .binfmtMisc
        default: self
        }
    }
}
