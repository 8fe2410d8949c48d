import CheckpointAnalysis
import CheckpointModel
import EvidenceText

extension Form where Value: FixedWidthInteger & Sendable {
    /// A whole number; beyond 2^53, which JavaScript would round, its decimal digits as a string.
    static var integer: Form {
        Form(.number, { json, value in json.integer(value) }, fact: FactMaker { value, _ in .number(value) })
    }

    /// The id of a process, process group or session.
    static var processID: Form {
        Form(
            .number, { json, value in json.integer(value) },
            fact: FactMaker { value, _ in .process(Int(clamping: value)) })
    }

    /// An address, a mask or an id in hexadecimal: a string with `0x` in front.
    static var hexadecimal: Form {
        Form(
            .hexadecimal, { json, value in json.hexadecimal(UInt64(truncatingIfNeeded: value)) },
            fact: FactMaker { value, _ in .number(UInt64(truncatingIfNeeded: value), .hexadecimal) })
    }

    /// Permission bits: a string of octal digits, at least four.
    static var octal: Form {
        Form(
            .string("An octal number.", pattern: "^[0-7]{4,}$"),
            { json, value in json.value(octalText(value, width: 4)) },
            fact: FactMaker { value, _ in .number(value, .octal) })
    }
}

extension Form where Value == UInt64 {
    /// A count or size; beyond 2^53 its decimal digits as a string.
    static var count: Form { .integer }
}

extension Form where Value == Int64 {
    /// A time, given in seconds since 1970, in ISO 8601 and UTC.
    static var time: Form {
        Form(
            .string("A time in ISO 8601, UTC."), { json, value in json.value(timeText(value)) },
            fact: FactMaker { value, _ in .word(timeText(value)) })
    }
}

extension Form where Value == Double {
    /// A number with a fraction.
    static var real: Form {
        Form(.real, { json, value in json.value(value) }, fact: FactMaker { value, _ in .real(value) })
    }
}

extension Form where Value == Bool {
    /// `true` or `false`.
    static var flag: Form {
        Form(.boolean, { json, value in json.value(value) }, fact: FactMaker { value, _ in .flag(value) })
    }
}

extension Form where Value == String {
    /// A word of the tool's own.
    static var string: Form {
        Form(.string(nil), { json, value in json.value(value) }, fact: FactMaker { value, _ in .word(value) })
    }

    /// A SHA-256 digest in hexadecimal.
    static var digest: Form {
        Form(.digest, { json, value in json.value(value) }, fact: FactMaker { value, _ in .word(value) })
    }

    /// One of a closed list of words.
    static func enumerated(_ words: [String]) -> Form {
        Form(.words(words), { json, value in json.value(value) }, fact: FactMaker { value, _ in .word(value) })
    }
}

extension Form where Value == [String] {
    /// Words of the tool's own.
    static var strings: Form { .list(.string) }
}

extension Form where Value == ByteText {
    /// Text of the evidence: a string, or, if its bytes are not UTF-8, an object with `text` and `hex`.
    static var text: Form {
        Form(.text, { json, value in json.value(value) }, fact: FactMaker { value, _ in .text(value) })
    }

    /// What a descriptor leads to, as in `/proc/PID/fd`. The inode numbers of pipes and sockets are those of one boot, and
    /// are not compared.
    static var fileTarget: Form {
        let form = Form.text
        return Form(form.schema, form.write, fact: FactMaker { value, _ in .text(withoutInode(value)) })
    }

    /// Text that `--redact` masks.
    static var secret: Form {
        Form(
            .text,
            { json, value in if json.redacts { json.value(redactedText(value.count)) } else { json.value(value) } },
            fact: FactMaker { value, _ in .text(value) })
    }

    /// A word of an environment, `NAME=VALUE`, whose value `--redact` masks.
    static var environmentWord: Form {
        Form(
            .text, { json, value in json.value(json.redacts ? redactedWord(value) : value) },
            fact: FactMaker { value, _ in .text(value) })
    }
}

extension Form where Value == [ByteText] {
    /// Texts of the evidence.
    static var texts: Form { .list(.text) }

    /// A command line, of which `--redact` leaves the first word.
    static var arguments: Form {
        Form(
            .list(.text),
            { json, words in
                json.elements(words.enumerated()) { json, word in
                    let isMasked = json.redacts && word.offset > 0
                    json.value(isMasked ? ByteText(redactedText(word.element.count)) : word.element)
                }
            }, fact: FactMaker { words, _ in .list(FactList(words.map { .text($0) }, .whole)) })
    }

    /// An environment, whose values `--redact` masks.
    static var environment: Form {
        let form = Form.list(.environmentWord)
        return Form(
            form.schema, form.write, fact: FactMaker { words, _ in .list(FactList(words.map { .text($0) }, .name)) })
    }
}

extension Form where Value == [UInt8] {
    /// A few bytes: a string of hexadecimal digits, two for each byte.
    static var bytes: Form {
        Form(
            .string("Bytes in hexadecimal.", pattern: "^([0-9a-f]{2})*$"),
            { json, value in json.value(hexadecimalText(value)) },
            fact: FactMaker { value, _ in .word(hexadecimalText(value)) })
    }
}

/// The text `pipe:[123]` without the number.
private func withoutInode(_ target: ByteText) -> ByteText {
    guard target.bytes.last == UInt8(ascii: "]"), target.bytes.first != UInt8(ascii: "/"),
        let start = target.bytes.firstIndex(of: UInt8(ascii: "["))
    else { return target }
    return ByteText(Array(target.bytes[...start]) + [UInt8(ascii: "]")])
}

/// What stands in place of a text that was masked.
func redactedText(_ count: Int) -> String { "[redacted: \(counted(count, "byte"))]" }

/// A word of an environment with its value masked; all of it, if it has no name.
private func redactedWord(_ word: ByteText) -> ByteText {
    guard let sign = word.bytes.firstIndex(of: UInt8(ascii: "=")) else { return ByteText(redactedText(word.count)) }
    let value = redactedText(word.count - sign - 1)
    return ByteText(Array(word.bytes[...sign]) + Array(value.utf8))
}

/// Bytes in hexadecimal, two digits each.
func hexadecimalText(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
}

/// Permission bits in octal, filled with zeros.
func octalText(_ value: some FixedWidthInteger, width: Int) -> String {
    let digits = String(UInt64(truncatingIfNeeded: value), radix: 8)
    return String(repeating: "0", count: max(width - digits.count, 0)) + digits
}
