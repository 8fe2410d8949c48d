/// The number of terminal columns that text takes, for texts that ``ByteText/forTerminal`` has made.
///
/// Wide characters of East Asian scripts and emoji count two, combining marks none.
public func terminalWidth(of text: String) -> Int {
    var width = 0
    for scalar in text.unicodeScalars {
        if scalar.value < 0x300 {
            width += 1
        } else if !isCombining(scalar) {
            width += isWide(scalar) ? 2 : 1
        }
    }
    return width
}

private func isCombining(_ scalar: UnicodeScalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: true
    default: false
    }
}

/// Whether terminals draw a character two columns wide (East Asian Width W and F, by block, and emoji one by one).
private func isWide(_ scalar: UnicodeScalar) -> Bool {
    switch scalar.value {
    case 0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3,
        0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18D08,
        0x1AFF0...0x1B2FB, 0x1F200...0x1F265, 0x20000...0x3FFFD:
        true
    // The letters of which flags are made: two of them are as wide as one emoji.
    case 0x1F1E6...0x1F1FF: false
    default: scalar.properties.isEmojiPresentation
    }
}
