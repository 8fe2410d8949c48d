import CheckpointModel
import EvidenceText

/// The beginning of content as a person reads it: bytes that are no text as escapes, with a sign if there is more.
func previewText(_ content: Content, limit: Int = 48) -> String {
    let bytes = content.prefix(limit)
    let more = content.size > UInt64(bytes.count) ? "…" : ""
    return "'" + ByteText(bytes).forTerminal + "'" + more
}

/// How large content is, and what of it is missing.
func sizeText(_ content: Content) -> String {
    let missing = content.missingCount
    let size = byteText(content.size)
    guard missing > 0 else { return size }
    return "\(size), of which \(byteText(missing)) are missing (\(ByteText(content.absence?.detail ?? "").forTerminal))"
}

/// A duration or point in time in seconds, with as many digits as are not zero.
func secondsText(_ time: TimeValue) -> String {
    guard time.nanoseconds > 0 else { return "\(time.seconds) s" }
    let digits = String(time.nanoseconds)
    var fraction = String(repeating: "0", count: max(9 - digits.count, 0)) + digits
    while fraction.hasSuffix("0") { fraction.removeLast() }
    return "\(time.seconds).\(fraction) s"
}

extension TimeValue {
    /// The time of day as ISO 8601 in UTC, if it is one.
    var dateText: String { timeText(Int64(clamping: seconds)) }
}
