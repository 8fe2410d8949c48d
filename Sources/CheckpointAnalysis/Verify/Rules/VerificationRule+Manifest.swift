/// Rules about evidence that is held against a manifest.
extension VerificationRule {
    static let inconsistentManifest = VerificationRule(
        "manifest/inconsistent", .error, "The manifest's digest is not that of its lists.",
        "The manifest itself was changed or damaged after it was made: neither its lists nor its digest can be relied on. "
            + "Find the digest that was written down elsewhere, such as in an export or a protocol.")
    static let changedSource = VerificationRule(
        "manifest/source-changed", .error, "The source is not the one of the manifest.",
        "Size or SHA-256 of the archive differ, or an archive stands where a directory was. Packing it anew also changes an "
            + "archive; whether the members are the same is told one by one.")
    static let changedMember = VerificationRule(
        "manifest/changed", .error, "A file has another content than the manifest says.",
        "Its size or SHA-256 differ: it was changed after the manifest was made.")
    static let missingMember = VerificationRule(
        "manifest/missing", .error, "Something that the manifest lists is not there.",
        "It was removed, renamed, or not copied.")
    static let addedMember = VerificationRule(
        "manifest/added", .error, "Something is there that the manifest does not list.",
        "It was added or renamed after the manifest was made.")
    static let changedType = VerificationRule(
        "manifest/type-changed", .error, "Something is of another type than the manifest says.",
        "A file became a link or a directory, or the other way around, as when a copy follows links.")
    static let changedLink = VerificationRule(
        "manifest/link-changed", .error, "A link leads elsewhere than the manifest says.",
        "It was made anew. A parent link decides which snapshot the images build on.")
    static let unreadableMember = VerificationRule(
        "manifest/unreadable", .error, "Something that the manifest lists cannot be read now.",
        "Whether it was changed is not known. It may take other rights to read it, or the disk is damaged.")
    static let unrecordedMember = VerificationRule(
        "manifest/unrecorded", .warning, "The manifest has no digest of a file.",
        "It could not be read when the manifest was made, so that nothing tells whether it was changed.")

    static let manifestRules: [VerificationRule] = [
        inconsistentManifest, changedSource, changedMember, missingMember, addedMember, changedType, changedLink,
        unreadableMember, unrecordedMember,
    ]
}
