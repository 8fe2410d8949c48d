internal import CRIUImages

/// An entry of an image with the data behind it.
struct ImageEntry<Record: ImageRecord> {
    let record: Record
    /// What follows the record, as ranges of ``image``.
    let payload: Payload
    /// The whole image.
    let image: ImageBytes
    /// The order of bytes in the payload.
    let byteOrder: ByteOrder
    let origin: Origin
}

extension ImageLibrary {
    /// All entries of an image as far as they can be read, with what follows each; damage is listed as a problem.
    func entries<Record: ImageRecord>(_ name: String, _ type: Record.Type) -> Known<[ImageEntry<Record>]> {
        image(name).flatMap { image in
            guard image.kind.message(ofEntry: 0) == type.messageType else {
                return .missing(note(ImageError(unexpected: image.kind, in: name)))
            }
            var entries: [ImageEntry<Record>] = []
            var cursor = image.entries()
            do throws(ImageError) {
                while try cursor.next() {
                    let record = cursor.withMessage { Record(parsing: $0) }
                    entries.append(
                        ImageEntry(
                            record: record, payload: cursor.payload, image: image.bytes,
                            byteOrder: image.header.byteOrder, origin: Origin(name, entry: cursor.index)))
                }
            } catch {
                let absence = note(error)
                if entries.isEmpty { return .missing(absence) }
            }
            return .value(entries)
        }
    }
}
