import CRIUImages
import CheckpointTestSupport
import EvidenceText

/// Reads an image in every way. What comes through as JSON has to come back from it, and be the same JSON again.
func fuzzImage(_ input: [UInt8]) {
    guard let image = try? ImageFile(ImageBytes(input), name: "fuzz.img") else { return }
    _ = try? image.countEntries()
    _ = image.audit { _ in }
    checkDamage(of: image, count: input.count)
    for isPretty in [false, true] {
        let text = JSONForm(image, isPretty: isPretty).text
        guard let encoded = try? encode(text, byteOrder: image.header.byteOrder) else {
            // In a tag of two bytes, which no encoder writes, protobuf-c lets the number 0 pass.
            require(text.contains(#""field": 0"#), "not encoded: \(text)")
            continue
        }
        checkJSON(of: encoded, image.header.byteOrder, isPretty: isPretty)
    }
    _ = JSONForm(image, isPretty: true, showsPayload: false)
}

/// Damage has a place, and the place is in the image.
private func checkDamage(of image: ImageFile, count: Int) {
    guard let damage = JSONForm(image).damage else { return }
    if let offset = damage.offset { require(offset >= 0 && offset <= count, "offset \(offset) of \(count)") }
    if let index = damage.entry { require(index >= 0 && index <= count, "entry \(index) in \(count) bytes") }
}

/// An image that was made of JSON is whole, and gives JSON that makes the same image.
func checkJSON(of image: [UInt8], _ byteOrder: ByteOrder?, isPretty: Bool) {
    guard let file = try? ImageFile(ImageBytes(image), name: "fuzz.img") else { return fail("no image was made") }
    let form = JSONForm(file, isPretty: isPretty)
    require(form.damage == nil, "a damaged image was made: \(form.text)")
    guard let again = try? encode(form.text, byteOrder: file.header.byteOrder) else {
        return fail("not encoded again: \(form.text)")
    }
    require(again == image, "another image was made again: \(form.text)")
}

private func fail(_ message: String) { require(false, message) }
