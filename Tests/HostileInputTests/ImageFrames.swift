@testable import CRIUImages

/// Where the parts of a whole image are.
struct ImageFrames {
    let image: ImageFile
    /// Where entries begin; the last place is the end of the image.
    private(set) var borders: [Int]
    /// Where the messages of the entries end, and their payloads begin.
    private(set) var messageEnds: [Int] = []

    /// Reads an image to its end.
    init(_ image: ImageFile) throws {
        self.image = image
        borders = [image.header.entriesOffset]
        var cursor = image.entries()
        while try cursor.next() {
            messageEnds.append(cursor.messageRange.upperBound)
            borders.append(cursor.position)
        }
    }

    /// Every place where something begins or ends.
    var edges: [Int] { Set([0, 4, 8] + borders + borders.map { $0 + 4 } + messageEnds).sorted() }

    /// How many entries end at or before an offset.
    func count(before offset: Int) -> Int {
        var low = 0
        var high = borders.count
        while low < high {
            let middle = (low + high) / 2
            if borders[middle] <= offset { low = middle + 1 } else { high = middle }
        }
        return max(low - 1, 0)
    }

    /// The image up to an offset.
    func cut(_ length: Int) throws(ImageError) -> ImageFile {
        try ImageFile(image.bytes[0..<length], name: image.name)
    }

    /// What must be found where the image is cut; nil if what is left is a whole image.
    func expected(_ length: Int) -> ImageError? {
        let entry = count(before: length)
        let start = borders[entry]
        if length == start && length >= image.header.entriesOffset { return nil }
        if length < image.header.entriesOffset {
            return ImageError(.tooShort, "", image: image.name, at: length)
        }
        if length < start + 4 { return error(.truncatedSize, entry, start) }
        if length < messageEnds[entry] { return error(.sizeBeyondEnd, entry, start) }
        return error(.truncatedPayload, entry, length)
    }

    private func error(_ code: ImageError.Code, _ entry: Int, _ offset: Int) -> ImageError {
        ImageError(code, "", image: image.name, kind: image.kind, entry: entry, at: offset)
    }
}
