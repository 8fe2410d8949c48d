internal import CRIUImages
internal import EvidenceText

extension FirewallText {
    /// Rules are text of some KiB; lines beyond this are left out of ``lines``.
    private static let limit = 16 << 20

    /// Reads the text of a tool; a text without any rules is often empty.
    static func load(_ tool: Tool, _ name: String, _ library: ImageLibrary) -> Known<FirewallText> {
        guard library.has(name) else { return .missing(Absence(.noImage, "\(name) is not there")) }
        do throws(ImageError) {
            let bytes = try library.source.bytes(of: name)
            if bytes.count > limit {
                let detail = "only the first \(limit) of \(bytes.count) bytes are read"
                library.note(Problem(image: name, entry: nil, offset: limit, code: "too-large", detail: detail))
            }
            return .value(
                FirewallText(
                    tool: tool, lines: lines(bytes.copy(0..<min(bytes.count, limit)), tool),
                    origin: Origin(name)))
        } catch {
            return .missing(library.note(error))
        }
    }

    static func lines(_ bytes: [UInt8], _ tool: Tool) -> [Line] {
        var texts = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map { ByteText(Array($0)) }
        if texts.last?.isEmpty == true { texts.removeLast() }
        var block = TraceBlock()
        return texts.map { text in
            // Rules of other programs can be of any bytes; those of CRIU are ASCII.
            let words = (text.string ?? "").split { $0 == " " || $0 == "\t" }.map(String.init)
            let isTrace = tool == .nftables ? block.contains(words) : isTraceOfIptables(words)
            return Line(text: text, isTraceOfCRIU: isTrace)
        }
    }

    /// `:CRIU - [0:0]`, `-A INPUT -j CRIU`, `-A CRIU …`, and the rules for single connections, which go by the mark alone.
    private static func isTraceOfIptables(_ words: [String]) -> Bool {
        guard let first = words.first else { return false }
        if first == ":CRIU" { return true }
        guard first == "-A" || first.hasPrefix("["), let chain = following("-A", words) else { return false }
        return chain == "CRIU" || following("-j", words) == "CRIU"
            || following("--mark", words).map { $0.hasPrefix("0xc114") } == true
    }

    private static func following(_ word: String, _ words: [String]) -> String? {
        words.firstIndex(of: word).flatMap { $0 + 1 < words.count ? words[$0 + 1] : nil }
    }

    /// Follows the braces of `nft list ruleset` through the table or the chain that is CRIU's.
    private struct TraceBlock {
        private var depth = 0
        /// How deep the block that began as CRIU's is; nil outside of one.
        private var start: Int?

        mutating func contains(_ words: [String]) -> Bool {
            let opens = words.last == "{"
            let closes = words == ["}"]
            if opens {
                if start == nil, isOfCRIU(words) { start = depth }
                depth += 1
            } else if closes {
                depth -= 1
            }
            let isInside = start != nil
            if closes, let start, depth <= start { self.start = nil }
            return isInside || !opens && words.suffix(2) == ["jump", "CRIU"]
        }

        private func isOfCRIU(_ words: [String]) -> Bool {
            guard words.count >= 3 else { return false }
            return words[0] == "chain" && words[1] == "CRIU"
                || words[0] == "table" && words[1] == "inet" && words[2].hasPrefix("CRIU-")
        }
    }
}
