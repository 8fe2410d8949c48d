import CheckpointTestSupport
import Foundation
import Testing

@testable import CRIUImages

/// A damaged image: what is wrong, where, and how much before it is whole.
struct DamageCase: Sendable, CustomStringConvertible {
    let description: String
    let bytes: [UInt8]
    let kind: ImageKind
    let code: ImageError.Code
    /// The entry with the damage, which is how many entries are whole.
    let entry: Int
    let offset: Int
    /// A word that the message must have.
    let word: String

    init(
        _ description: String, _ image: ImageBuilder, _ kind: ImageKind, _ code: ImageError.Code, entry: Int,
        at offset: Int, word: String
    ) {
        self.description = description
        self.bytes = image.bytes
        self.kind = kind
        self.code = code
        self.entry = entry
        self.offset = offset
        self.word = word
    }

    /// Checks that the damage is found where it is, and that everything before it is read and shown.
    func check() throws {
        let image = try ImageFile(ImageBytes(bytes), name: "name.img")
        let expected = ImageError(code, "", image: "name.img", kind: kind, entry: entry, at: offset)
        try checkCursor(image, expected)
        #expect(throws: expected) { try image.countEntries() }
        for isPretty in [false, true] {
            let form = JSONForm(image, isPretty: isPretty)
            #expect(form.damage == expected)
            #expect(try countEntries(form.text) == entry)
        }
    }

    private func checkCursor(_ image: ImageFile, _ expected: ImageError) throws {
        var cursor = image.entries()
        for index in 0..<entry {
            #expect(try cursor.next())
            #expect(cursor.index == index)
        }
        let found = #expect(throws: ImageError.self) { try cursor.next() }
        #expect(found == expected)
        #expect(found?.detail.contains(word) == true, "\(found?.detail ?? "")")
        #expect(found?.description.hasPrefix("name.img, entry \(entry), byte \(offset): ") == true)
        #expect(try !cursor.next())
    }

    /// How many entries JSON has, as Foundation reads it.
    private func countEntries(_ json: String) throws -> Int {
        let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
        #expect(object?["magic"] as? String == kind.name)
        return try #require(object?["entries"] as? [Any]).count
    }
}
