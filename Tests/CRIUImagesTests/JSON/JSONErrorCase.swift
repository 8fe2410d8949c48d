import CRIUImages
import CheckpointTestSupport
import EvidenceText
import Testing

/// JSON that is no image, and what must be said of it.
struct JSONErrorCase: Sendable, CustomStringConvertible {
    let text: String
    /// The entry that is broken, which is how many are encoded before it; nil outside of entries.
    let entry: Int?
    /// A word that the message must have.
    let word: String

    /// What a failed test shows.
    var description: String { String(text.prefix(200)) }

    /// The whole text of an image.
    init(_ text: String, entry: Int? = nil, word: String) {
        self.text = text
        self.entry = entry
        self.word = word
    }

    /// The second entry of an image of descriptors.
    init(fdinfo entry: String, word: String) {
        self.text = #"{"magic": "FDINFO", "entries": [\#(Sample.fdinfoJSON(1)), \#(entry)]}"#
        self.entry = 1
        self.word = word
    }

    /// The first entry of an image.
    init(_ kind: ImageKind, _ entry: String, word: String) {
        self.text = #"{"magic": "\#(kind.name)", "entries": [\#(entry)]}"#
        self.entry = 0
        self.word = word
    }

    /// Checks the error, and that the entries before it have been written.
    func check() throws {
        let out = OutputBuffer()
        let error = #expect(throws: ImageJSONError.self) {
            try ImageJSONEncoder(ImageBytes(Array(text.utf8))).write(to: out)
        }
        let found = try #require(error)
        #expect(found.entry == entry)
        #expect(found.detail.contains(word), "\(found.detail)")
        #expect((0...text.utf8.count).contains(found.offset))
        let place = "byte \(found.offset)" + (entry.map { ", entry \($0)" } ?? "") + ": "
        #expect(found.description == place + found.detail)
        if entry == 1 {
            let whole = ImageBuilder(.fdinfo).entry(Sample.fdinfo(1)).bytes
            #expect(Array(out.collected.prefix(whole.count)) == whole)
        }
    }
}
