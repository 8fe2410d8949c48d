import CheckpointAnalysis
import CheckpointModel
import EvidenceText

extension Form where Value == Origin {
    /// Where a value was read.
    static var origin: Form { Forms.origin }
}

extension Form where Value == Content {
    /// Bytes that the checkpoint holds: size, digest, and the bytes themselves where there are few.
    static var content: Form { Forms.content }
}

extension Forms {
    /// Where a value was read: not what is compared.
    static let origin = Form<Origin>.object(
        "origin", "Where a value was read.",
        [
            .must("image", .string, "The image file.") { $0.image },
            .optional("entry", .integer, "The entry in the image, counted from 0.") { $0.entry },
        ]
    ).aside

    /// Bytes that the checkpoint holds.
    static let content = Form<Content>(
        .object(contentSchema), writeContent, fact: FactMaker { content, _ in .content(content) })

    @Sendable private static func writeContent(_ json: inout JSONWriter, _ content: Content) {
        json.object { json in
            json.member("size", count: content.size)
            guard !json.redacts else { return json.member("redacted", true) }
            if content.missingCount > 0 { json.member("missing_bytes", count: content.missingCount) }
            json.known("sha256", content.sha256) { json, digest in json.value(digest) }
            if content.size <= inlineLimit, content.absence == nil {
                json.key("base64")
                json.base64(content.prefix(Int(content.size)))
            }
        }
    }

    /// Up to how many bytes content stands in the document; `recover` writes all of it to files.
    private static let inlineLimit: UInt64 = 64 << 10

    private static let contentSchema = ObjectSchema(
        name: "content", about: "Bytes that the checkpoint holds.",
        members: [
            MemberSchema("size", "The size in bytes, with holes and missing parts.", .number, .always),
            MemberSchema("redacted", "The contents were masked.", .boolean, .optional),
            MemberSchema("missing_bytes", "How many of the bytes are missing.", .number, .optional),
            MemberSchema("sha256", "The digest of the bytes, holes read as zeros.", .digest, .optionalKnown),
            MemberSchema(
                "base64", "The bytes, if there are at most 64 KiB and none are missing.", .string(nil), .optional),
        ])
}
