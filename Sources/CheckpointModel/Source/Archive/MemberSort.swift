internal import EvidenceText

/// What a member of a packed archive is to the reading of it: whether it is wanted at once.
enum MemberSort {
    /// Memory pages: large, and rarely wanted.
    case pages
    /// Images and what is small: wanted at once.
    case prompt
    /// Anything else that is large: contents of file systems, long logs.
    case other

    /// Sorts by name and size; both can lie, which costs time and nothing else.
    init(_ header: MemberHeader, _ limits: UnpackLimits) {
        if header.size <= limits.smallMember && !header.isSparse {
            self = .prompt
            return
        }
        let slash = header.name.bytes.lastIndex(of: UInt8(ascii: "/"))
        let name = header.name.bytes[(slash.map { $0 + 1 } ?? 0)...]
        let isImage = name.ends(with: ".img") && !name.ends(with: ".tar.gz.img")
        if isImage, name.starts(with: "pages-".utf8) || name.starts(with: "amdgpu-pages-".utf8) {
            self = .pages
        } else {
            self = isImage && header.size <= limits.image ? .prompt : .other
        }
    }
}

extension ArraySlice<UInt8> {
    fileprivate func ends(with text: String) -> Bool { suffix(text.utf8.count).elementsEqual(text.utf8) }
}
