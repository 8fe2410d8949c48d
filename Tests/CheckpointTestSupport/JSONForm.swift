public import CRIUImages
import EvidenceText

/// The JSON of an image, and the damage that ended it.
public struct JSONForm: Sendable {
    /// The text.
    public let text: String
    /// The damage, if the image could not be read to its end.
    public let damage: ImageError?

    /// Decodes an image.
    public init(_ image: ImageFile, isPretty: Bool = false, showsPayload: Bool = true) {
        let out = OutputBuffer()
        var found: ImageError?
        do {
            try image.writeJSON(to: out, ImageJSONOptions(isPretty: isPretty, showsPayload: showsPayload))
        } catch {
            found = error
        }
        text = String(decoding: out.collected, as: UTF8.self)
        damage = found
    }
}

extension ImageBuilder {
    /// The JSON of the image in the form of one line.
    public func plain(name: String = "image") throws -> String {
        try whole(name: name, isPretty: false)
    }

    /// The JSON of the image in the form for people.
    public func pretty(name: String = "image") throws -> String {
        try whole(name: name, isPretty: true)
    }

    private func whole(name: String, isPretty: Bool) throws -> String {
        let form = JSONForm(try open(name: name), isPretty: isPretty)
        if let damage = form.damage { throw damage }
        return form.text
    }
}

/// The image that JSON stands for.
///
/// - Throws: ``CRIUImages/ImageJSONError``.
public func encode(_ text: some StringProtocol, byteOrder: ByteOrder? = nil) throws(ImageJSONError) -> [UInt8] {
    try encode(Array(text.utf8), byteOrder: byteOrder)
}

/// The image that JSON stands for.
///
/// - Throws: ``CRIUImages/ImageJSONError``.
public func encode(_ text: [UInt8], byteOrder: ByteOrder? = nil) throws(ImageJSONError) -> [UInt8] {
    let out = OutputBuffer()
    try ImageJSONEncoder(ImageBytes(text), byteOrder: byteOrder).write(to: out)
    return out.collected
}
