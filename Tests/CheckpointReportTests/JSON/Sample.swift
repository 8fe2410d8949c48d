import CheckpointModel
import EvidenceText

@testable import CheckpointReport

/// A tree of made-up objects, with a member of each sort.
struct Sample: Sendable {
    var name: ByteText = "a"
    var size: Known<UInt64> = .value(1)
    var limit: Int?
    var words: [ByteText] = []
    var parts: Known<[Part]> = .value([])

    struct Part: Sendable {
        let number: Int
        var pieces: [Int] = []
    }

    static let form = Form<Sample>.object(
        "sample", "A sample.",
        [
            .must("name", .text, "Its name.") { $0.name },
            .known("size", .count, "Its size.") { $0.size },
            .optional("limit", .integer, "Its limit.") { $0.limit },
            .must("words", .environment, "Its words.") { $0.words }.part(.environment),
            .knownRecords("parts", part, "Its parts.") { $0.parts },
        ]
    ).identified(by: "name")

    private static let part = Form<Part>.object(
        "part", "A part.",
        [
            .must("number", .integer, "Its number.") { $0.number },
            .records("pieces", piece, "Its pieces.") { $0.pieces },
        ]
    ).identified(by: "number")

    private static let piece = Form<Int>.object("piece", "A piece.", [.must("mask", .hexadecimal, "A mask.") { $0 }])

    /// The sample as a document, on one line.
    func document(_ options: JSONWriter.Options = .init()) -> String {
        let out = OutputBuffer()
        var json = JSONWriter(out, options)
        Sample.form.write(&json, self)
        let lines = String(decoding: out.collected, as: UTF8.self).split(separator: "\n")
        return lines.map { $0.drop { $0 == " " } }.joined(separator: " ")
    }

    /// The sample as one line for each record.
    func lines() -> [String] {
        let out = OutputBuffer()
        RecordLines(out, .init(writesLines: true)).write(self, Sample.form)
        return String(decoding: out.collected, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
