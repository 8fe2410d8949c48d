internal import CRIUImages

/// An entry of an image with the data that follows it.
struct EntryWithPayload<Record: ImageRecord>: Sendable {
    let record: Record
    let payload: Payload
    let origin: Origin
    /// The image that the ranges of the payload are of.
    let bytes: ImageBytes

    /// The payload if it is of one piece.
    var content: Content? {
        guard case .bytes(let range, _) = payload else { return nil }
        return Content(bytes[range])
    }
}

extension ImageLibrary {
    /// The entries of an image with the data that follows each, as far as they can be read; damage is listed as a problem.
    ///
    /// - Returns: The entries before the first damage, and the damage. No entries if the image is not there.
    func entries<Record: ImageRecord>(
        _ name: String, _ type: Record.Type
    ) -> (entries: [EntryWithPayload<Record>], damage: Absence?) {
        guard has(name), let image = image(name).value else { return ([], has(name) ? .unreadable(name) : nil) }
        guard image.kind.message(ofEntry: 0) == type.messageType else {
            return ([], note(ImageError(unexpected: image.kind, in: name)))
        }
        var entries: [EntryWithPayload<Record>] = []
        var cursor = image.entries()
        do throws(ImageError) {
            while try cursor.next() {
                let record = cursor.withMessage { Record(parsing: $0) }
                entries.append(
                    EntryWithPayload(
                        record: record, payload: cursor.payload, origin: Origin(name, entry: cursor.index),
                        bytes: image.bytes))
            }
        } catch {
            return (entries, note(error))
        }
        return (entries, nil)
    }
}

extension Absence {
    fileprivate static func unreadable(_ name: String) -> Absence {
        Absence(.damaged, "\(name) cannot be read")
    }
}
