import CheckpointModel
import EvidenceText

/// A size in bytes as a person reads it: `12 KiB`, `1.5 MiB`.
func byteText(_ count: UInt64) -> String {
    var value = Double(count)
    for unit in ["B", "KiB", "MiB", "GiB", "TiB", "PiB"] {
        if value < 1024 || unit == "PiB" {
            let tenths = UInt64((value * 10).rounded())
            return value < 10 && tenths % 10 != 0
                ? "\(tenths / 10).\(tenths % 10) \(unit)" : "\(UInt64(value.rounded())) \(unit)"
        }
        value /= 1024
    }
    return "\(count) B"
}

/// A time span in milliseconds.
func durationText(_ microseconds: UInt32) -> String {
    let tenths = (Int(microseconds) + 50) / 100
    return "\(tenths / 10).\(tenths % 10) ms"
}

/// A number and its noun, in the singular for one.
func counted(_ count: Int, _ one: String, _ many: String? = nil) -> String {
    "\(count) \(count == 1 ? one : many ?? one + "s")"
}

/// A time as ISO 8601 in UTC, from seconds since 1970.
func timeText(_ seconds: Int64) -> String {
    let days = Int((Double(seconds) / 86400).rounded(.down))
    let rest = Int(seconds) - days * 86400
    let (year, month, day) = civilDate(days)
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return "\(year)-\(two(month))-\(two(day))T\(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60))Z"
}

extension EngineTime {
    /// The time as its engine wrote it; nanoseconds as ISO 8601 in UTC.
    var text: ByteText {
        switch self {
        case .text(let text): return text
        case .nanoseconds(let count):
            let (seconds, rest) = count.quotientAndRemainder(dividingBy: 1_000_000_000)
            let whole = rest < 0 ? seconds - 1 : seconds
            let fraction = String(rest < 0 ? rest + 1_000_000_000 : rest)
            let zeros = String(repeating: "0", count: 9 - fraction.count)
            return ByteText(String(timeText(whole).dropLast()) + "." + zeros + fraction + "Z")
        }
    }
}

/// The date of a day counted from 1970-01-01, in the Gregorian calendar. Counts from March of year 0, so that leap days
/// come last.
private func civilDate(_ days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
}

/// A command line as one text: words with blanks or nothing in them are put in quotes. Escaped for a terminal.
func commandText(_ words: [ByteText]) -> String {
    words.map { word in
        let text = word.forTerminal
        let isPlain = !text.isEmpty && !text.contains { $0 == " " || $0 == "'" || $0 == "\"" }
        return isPlain ? text : "'" + text.replacing("'", with: "'\\''") + "'"
    }.joined(separator: " ")
}
