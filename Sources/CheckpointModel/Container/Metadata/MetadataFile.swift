internal import CRIUImages
internal import EvidenceText

/// A file of JSON beside the images: where what it holds comes from, and where its faults are listed.
final class MetadataFile: Sendable {
    let name: String
    private let library: ImageLibrary
    /// Why what is not found in the file may have been lost; nil if all of it could be read.
    let damage: Absence?

    private init(_ name: String, _ library: ImageLibrary, damage: Absence?) {
        self.name = name
        self.library = library
        self.damage = damage
    }

    /// Metadata of engines is some ten KiB; more than this is not read.
    private static let sizeLimit = 16 << 20

    /// The content of a file; missing if it is not there. Damage is listed as a problem, and what stands before it is read.
    static func node(_ name: String, in library: ImageLibrary) -> MetadataNode {
        guard let content = library.file(name) else {
            let file = MetadataFile(name, library, damage: nil)
            return MetadataNode(file, path: "", .missing(Absence(.noImage, "\(name) is not there")))
        }
        switch content {
        case .missing(let absence): return refused(name, library, absence.detail)
        case .value(let bytes):
            guard bytes.count <= sizeLimit else { return refused(name, library, "larger than any engine writes it") }
            return node(name, path: "", bytes.copy(0..<bytes.count), library)
        }
    }

    /// JSON inside a string of another file.
    func nested(_ text: ByteText, path: String) -> MetadataNode {
        MetadataFile.node(name, path: path, text.bytes, library)
    }

    private static func node(_ name: String, path: String, _ text: [UInt8], _ library: ImageLibrary) -> MetadataNode {
        text.withUnsafeBytes { buffer in
            var parser = MetadataParser(buffer)
            let value = parser.document()
            let whole = MetadataFile(name, library, damage: nil)
            for key in parser.duplicates.prefix(20) {
                whole.note(path, "the key \(key.forTerminal) occurs twice; the last one counts")
            }
            guard let damage = parser.damage else { return MetadataNode(whole, path: path, known(value, whole)) }
            // An offset in a string of another file would mislead.
            let absence = whole.note(
                path, "not the JSON of a container engine: \(damage.detail)", at: path.isEmpty ? damage.offset : nil)
            let file = MetadataFile(name, library, damage: absence)
            return MetadataNode(file, path: path, value.map { .value($0) } ?? .missing(absence))
        }
    }

    private static func known(_ value: MetadataValue?, _ file: MetadataFile) -> Known<MetadataValue> {
        value.map { .value($0) } ?? .missing(Absence(.notRecorded, "\(file.name) is empty"))
    }

    private static func refused(_ name: String, _ library: ImageLibrary, _ detail: String) -> MetadataNode {
        let absence = MetadataFile(name, library, damage: nil).note("", detail)
        return MetadataNode(MetadataFile(name, library, damage: absence), path: "", .missing(absence))
    }

    /// Lists a fault and returns it as an absence.
    @discardableResult
    func note(_ path: String, _ detail: String, at offset: Int? = nil) -> Absence {
        let place = path.isEmpty ? detail : "\(path): \(detail)"
        library.note(Problem(image: name, entry: nil, offset: offset, code: "bad-metadata", detail: place))
        return Absence(.damaged, "\(name): \(place)")
    }
}
