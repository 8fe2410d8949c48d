internal import CRIUImages
internal import EvidenceText

/// The lines whose SHA-256 is the digest of a manifest.
///
/// Each has six fields with tabs between them: type, size, SHA-256, name of the source, name of the member, target of the
/// link. A source that is a file has one line, with the type `file` and no name of a member, since its digest covers what is
/// in it; a directory has one for each member, in the order of the manifest. Sizes are decimal; what does not apply or could
/// not be read is empty. Names begin with `text:`; where they are not UTF-8, with `hex:`, and are in hexadecimal. Backslash,
/// tab, newline and carriage return are `\\`, `\t`, `\n` and `\r`.
struct DigestLines: ~Copyable {
    private var digest = SHA256()

    /// The digest of the sources of a manifest.
    static func digest(_ sources: [EvidenceSource]) -> String {
        var lines = DigestLines()
        for source in sources where !source.isCovered {
            if let file = source.file {
                lines.add("file", file.size, file.sha256, source.name, "", nil)
            } else {
                for member in source.members {
                    lines.add(
                        member.type.rawValue, member.size, member.sha256?.value, source.name, member.name,
                        member.target)
                }
            }
        }
        return lines.digest.finish()
    }

    private mutating func add(
        _ type: String, _ size: UInt64?, _ sha256: String?, _ source: ByteText, _ name: ByteText, _ target: ByteText?
    ) {
        let numbers = [type, size.map { String($0) } ?? "", sha256 ?? ""].map { Array($0.utf8) }
        let names = [field(source), field(name), target.map { field($0) } ?? []]
        let line = Array((numbers + names).joined(separator: [UInt8(ascii: "\t")])) + [UInt8(ascii: "\n")]
        line.withUnsafeBytes { digest.update($0) }
    }
}

/// A name as it stands in a line.
private func field(_ name: ByteText) -> [UInt8] {
    guard name.string != nil else {
        return Array("hex:".utf8) + name.bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    }
    return Array("text:".utf8) + name.bytes.flatMap { escapes[$0] ?? [$0] }
}

private let digits = Array("0123456789abcdef".utf8)

private let escapes: [UInt8: [UInt8]] = [
    UInt8(ascii: "\\"): Array(#"\\"#.utf8), UInt8(ascii: "\t"): Array(#"\t"#.utf8),
    UInt8(ascii: "\n"): Array(#"\n"#.utf8), UInt8(ascii: "\r"): Array(#"\r"#.utf8),
]
