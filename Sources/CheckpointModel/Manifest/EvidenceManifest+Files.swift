internal import EvidenceText

extension EvidenceManifest {
    /// All regular files, in the order of the manifest.
    public var files: [ImageSummary] {
        sources.flatMap { source in
            let members = source.members.lazy.filter { $0.type == .file }.map { member in
                ImageSummary(
                    name: source.path(of: member).plainText, level: 0, byteCount: Int(clamping: member.size ?? 0),
                    kind: member.imageKind, isNameKnown: true, isWhole: member.sha256?.value != nil, entryCount: nil,
                    modified: nil)
            }
            return Array(members)
        }
    }
}
