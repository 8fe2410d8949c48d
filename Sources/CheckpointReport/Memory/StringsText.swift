public import CheckpointAnalysis
import CheckpointModel
public import EvidenceText

/// Prints strings of memory, a line each: the address and the string. A line above says what they are in.
public struct StringsText: Sendable {
    private let style: TextStyle

    /// Prepares to print.
    ///
    /// - Parameter style: How it is laid out.
    public init(_ style: TextStyle) {
        self.style = style
    }

    /// The line that stands above the strings of a place.
    public func writeHeading(_ place: MemoryPlace, to out: OutputBuffer) {
        var text = place.text
        if case .process(let process) = place { text += " " + (process.name.value?.forTerminal ?? "?") }
        if case .pages = place { text += ", pages without areas" }
        if case .content(let content) = place { text += ", \(ByteText(content.origin.image).forTerminal)" }
        if case .sharedMemory(let object) = place {
            let users = object.mappings.map { "\($0.pid) at \(padded($0.addresses.lowerBound, 12))" }
            text +=
                " \(object.name.forTerminal)" + (users.isEmpty ? "" : ", mapped by " + users.joined(separator: ", "))
        }
        out.append(string: style.paint(text, .heading))
        out.append("\n")
    }

    /// The lines of some strings.
    public func lines(_ batch: StringBatch) -> [UInt8] {
        let out = OutputBuffer(capacity: 1 << 16)
        let width = batch.place.pid == nil ? 8 : 12
        batch.forEach { addresses, text in
            out.append(hexadecimal: addresses.lowerBound, width: width)
            out.append("  ")
            if text.allSatisfy({ $0 >= 0x20 && $0 < 0x7F && $0 != 0x5C }) {
                out.append(bytes: text)
            } else {
                out.append(string: ByteText(Array(text)).forTerminal)
            }
            let count = addresses.upperBound - addresses.lowerBound
            if count > UInt64(MemoryStrings.longestString) { out.append(string: "… (\(count) bytes in all)") }
            out.append("\n")
        }
        return out.collected
    }
}

/// Prints strings of memory as JSON, a line each.
public struct StringsLines: Sendable {
    /// Prepares to print.
    public init() {}

    /// The lines of some strings.
    public func lines(_ batch: StringBatch) -> [UInt8] {
        let out = OutputBuffer(capacity: 1 << 16)
        batch.forEach { addresses, text in
            let found = FoundString(place: batch.place, addresses: addresses, text: ByteText(Array(text)))
            MemoryJSON.write(found, Forms.foundString, to: out, isOneLine: true)
        }
        return out.collected
    }
}

/// A string and where it is.
struct FoundString: Sendable {
    let place: MemoryPlace
    let addresses: Range<UInt64>
    let text: ByteText
}
