extension ImageKind {
    /// The kind that CRIU calls by a name, as in the `magic` key of the JSON form; nil if there is none.
    ///
    /// Constant time.
    public init?(name: String) {
        guard let kind = kindsByName[name] else { return nil }
        self = kind
    }

    /// The kind of a framed image with a magic word; nil if there is none.
    ///
    /// Several kinds share a word (`PAGEMAP` and `SHMEM_PAGEMAP`, `SIGNAL` and `PSIGNAL`, the two `BINFMT_MISC`); the
    /// first of them is returned, and ``init(fileName:)`` tells them apart. Constant time.
    public init?(magic: UInt32) {
        guard let kind = kindsByMagic[magic] else { return nil }
        self = kind
    }

    /// The kind that a file's name stands for, with or without the suffix `.img`; nil if no pattern fits.
    ///
    /// The name is the weaker evidence: what a file holds is told by its magic word, if it has one.
    public init?(fileName: String) {
        let stem = fileName.hasSuffix(".img") ? String(fileName.dropLast(4)) : fileName
        guard let kind = ImageKind.allCases.first(where: { $0.matches(stem) }) else { return nil }
        self = kind
    }

    /// Whether a file name without suffix fits the pattern of the kind.
    private func matches(_ stem: String) -> Bool {
        if self == .stats { return stem == "stats-dump" || stem == "stats-restore" }
        var name = Substring(stem)
        var pattern = Substring(filePattern)
        while let piece = pattern.first {
            if piece == "%" {
                pattern = pattern.drop { !"udx".contains($0) }
                let isHexadecimal = pattern.first == "x"
                pattern = pattern.dropFirst()
                let digits = name.prefix { $0.isASCII && (isHexadecimal ? $0.isHexDigit : $0.isNumber) }
                guard !digits.isEmpty else { return false }
                name = name.dropFirst(digits.count)
            } else {
                guard name.first == piece else { return false }
                name = name.dropFirst()
                pattern = pattern.dropFirst()
            }
        }
        return name.isEmpty
    }
}

private let kindsByName = Dictionary(uniqueKeysWithValues: ImageKind.allCases.map { ($0.name, $0) })

private let kindsByMagic: [UInt32: ImageKind] = {
    let framed = ImageKind.allCases.filter { $0.magic != 0 && $0.lead != .raw }
    return Dictionary(framed.map { ($0.magic, $0) }, uniquingKeysWith: preferred)
}()

/// Of two kinds with one magic word, the one that CRIU's own tool names.
private func preferred(_ first: ImageKind, _ second: ImageKind) -> ImageKind {
    first == .psignal ? second : first
}
