public import SystemPackage

/// An image file that is made of entries: its bytes and what its first words tell.
///
/// The entries are not read until a cursor asks for them.
public struct ImageFile: Sendable {
    /// The file's name, without folders; errors carry it.
    public let name: String
    /// The whole file.
    public let bytes: ImageBytes
    /// What the first words tell.
    public let header: ImageHeader

    /// Reads the first words of an image.
    ///
    /// - Parameters:
    ///   - bytes: The whole file.
    ///   - name: The file's name, without folders. It decides only what the words leave open.
    /// - Throws: ``ImageError`` with `.tooShort`, `.unknownMagic`, or `.notFramed` for a raw image.
    public init(_ bytes: ImageBytes, name: String) throws(ImageError) {
        self.name = name
        self.bytes = bytes
        self.header = try ImageHeader(parsing: bytes, name: name)
    }

    /// Opens a file read-only and reads its first words.
    ///
    /// - Throws: ``ImageError``, with `.unreadable` if the file cannot be opened.
    public init(path: FilePath) throws(ImageError) {
        let name = path.lastComponent?.string ?? path.string
        let bytes: ImageBytes
        do {
            bytes = try ImageBytes(path: path)
        } catch {
            throw ImageError(.unreadable, "cannot be read: \(error)", image: path.string, at: nil)
        }
        try self.init(bytes, name: name)
    }

    /// The kind of image.
    public var kind: ImageKind { header.kind }

    /// A cursor before the first entry.
    public func entries() -> EntryCursor {
        EntryCursor(self)
    }

    /// The entries as records of one type, as far as they can be read.
    ///
    /// An entry of another message type (the head of a page map) is passed over. Linear in the size of the image.
    ///
    /// - Parameter type: The record to make of each entry.
    /// - Returns: The records before the first damage, and the damage.
    public func records<Record: ImageRecord>(_ type: Record.Type) -> (records: [Record], damage: ImageError?) {
        var records: [Record] = []
        var cursor = entries()
        do {
            while try cursor.next() {
                cursor.withMessage { message in
                    if message.type == Record.messageType { records.append(Record(parsing: message)) }
                }
            }
        } catch {
            return (records, error)
        }
        return (records, nil)
    }
}
