public import EvidenceText

internal import CheckpointModel

extension ManifestDocument {
    /// Writes a line for each regular file, as `sha256sum` of the GNU core utilities does, for `sha256sum --check` in the
    /// directory, or for an archive in its folder. What is inside of archives is no file there, and is left out.
    ///
    /// - Parameters:
    ///   - out: Where they go.
    ///   - isTerminal: Whether that is a terminal, on which names are shown harmless. Others are as they are, whatever bytes
    ///     they have, since `sha256sum` looks for them.
    public func writeChecksums(to out: OutputBuffer, isTerminal: Bool = false) {
        for source in manifest.sources where !source.isCovered {
            if let file = source.file {
                let name = manifest.path.bytes.split(separator: UInt8(ascii: "/")).last.map { Array($0) } ?? []
                write(file.sha256, name, to: out, isTerminal)
            }
            for member in source.members where source.file == nil && member.type == .file {
                guard let digest = member.sha256?.value else { continue }
                write(digest, source.path(of: member).bytes, to: out, isTerminal)
            }
        }
    }

    /// A name with what would end the line or begin an escape is escaped, and a backslash in front of the line says so.
    private func write(_ digest: String, _ name: [UInt8], to out: OutputBuffer, _ isTerminal: Bool) {
        if isTerminal { return out.append(string: "\(digest)  \(ByteText(name).forTerminal)\n") }
        let escaped = name.flatMap { escapes[$0] ?? [$0] }
        if escaped.count != name.count { out.append("\\") }
        out.append(string: digest + "  ")
        out.append(escaped)
        out.append("\n")
    }
}

private let escapes: [UInt8: [UInt8]] = [
    UInt8(ascii: "\\"): Array(#"\\"#.utf8), UInt8(ascii: "\n"): Array(#"\n"#.utf8),
    UInt8(ascii: "\r"): Array(#"\r"#.utf8),
]
