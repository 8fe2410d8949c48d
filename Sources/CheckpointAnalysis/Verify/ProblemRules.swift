internal import CheckpointModel

/// Makes findings of what the model could not read.
struct ProblemRules {
    private let list: FindingList
    /// Whether the inventory tells which namespaces were CRIU's own, and have no images.
    var knowsNamespaces = true

    init(_ list: FindingList) { self.list = list }

    func add(_ problem: Problem) {
        if ProblemRules.explained.contains(problem.code), list.explains(problem.entry, of: problem.image) { return }
        if problem.code == "no-image", !knowsNamespaces, ProblemRules.isOfNamespace(problem.image) { return }
        list.add(
            ProblemRules.rules[problem.code] ?? .otherDamage, problem.image, entry: problem.entry,
            offset: problem.offset, problem.detail)
        // An entry that cannot be right has its pages nowhere, and one finding is enough.
        if problem.code == "bad-pagemap" { list.explain(problem.entry, of: problem.image) }
    }

    private static func isOfNamespace(_ image: String) -> Bool {
        ["ipcns-", "mountpoints-", "netns-", "pidns-", "timens-", "userns-", "utsns-"].contains { image.hasPrefix($0) }
    }

    /// The sorts of problems that a check of its own may tell of, and better.
    private static let explained: Set<String> = ["no-image", "bad-pagemap"]

    private static let rules: [String: VerificationRule] = [
        "unreadable": .unreadable, "too-short": .tooShort, "unknown-magic": .unknownMagic,
        "unexpected-kind": .unexpectedKind, "not-framed": .unknownMagic, "truncated-size": .truncatedSize,
        "size-beyond-end": .sizeBeyondEnd, "malformed-message": .malformedMessage, "missing-field": .missingField,
        "nested-too-deeply": .nestedTooDeeply, "too-large": .tooLarge, "truncated-payload": .truncatedPayload,
        "repeated-field": .repeatedField, "padded-number": .paddedNumber, "wide-number": .wideNumber,
        "wrong-type": .wrongType,
        "bad-field-number": .badFieldNumber,
        "unknown-field": .unknownField, "unknown-value": .unknownValue,
        "no-image": .missingImage, "dump-failed": .dumpFailed,
        "duplicate-process": .duplicateProcess, "no-parent-process": .noParentProcess, "own-ancestor": .ownAncestor,
        "duplicate-thread": .duplicateThread, "lost-processes": .lostProcesses, "lost-thread": .lostThread,
        "bad-vma": .badArea, "bad-pagemap": .badPageMap, "bad-chunk": .badChunk, "bad-mounts": .badMounts,
        "bad-netlink": .badNetlink, "bad-seccomp": .badSeccomp, "bad-signal": .badSignal,
        "unknown-namespace": .unknownNamespace, "bad-metadata": .badMetadata, "bad-digest": .badDigest,
        "damaged-archive": .damagedArchive, "odd-member": .oddMember, "bad-name": .oddMember,
        "duplicate": .duplicateMember, "duplicate-file": .duplicateFile, "duplicate-id": .duplicateID,
        "unchecked-digest": .uncheckedDigest,
    ]
}
