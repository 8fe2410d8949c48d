internal import CRIUImages
internal import EvidenceText

/// The name that CRIU gives to the kind of an image; nil if it is none.
///
/// - Parameters:
///   - head: Its first bytes.
///   - name: Its name; folders in front of it do not matter.
func imageKindName(_ head: [UInt8], _ name: ByteText) -> String? {
    let last = name.bytes[(name.bytes.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0)...]
    let isNamed = last.suffix(4).elementsEqual(".img".utf8) || last.starts(with: "stats-".utf8)
    // Looking up names takes longer than all the rest, and there can be millions of files that are no images.
    guard isNamed || hasLead(head) else { return nil }
    let text = String(decoding: last, as: UTF8.self)
    if let header = try? ImageHeader(parsing: ImageBytes(head), name: text) { return header.kind.name }
    return ImageKind(fileName: text).flatMap { $0.lead == .raw ? $0.name : nil }
}

/// Whether a file begins with a word that images begin with, in either byte order.
private func hasLead(_ head: [UInt8]) -> Bool {
    guard head.count >= 4 else { return false }
    let word = head.prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    return [word, word.byteSwapped].contains { $0 == ImageHeader.commonLead || $0 == ImageHeader.serviceLead }
}
