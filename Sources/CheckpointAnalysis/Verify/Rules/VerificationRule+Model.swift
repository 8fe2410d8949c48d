/// Rules about what the parts of images say, and about the source.
extension VerificationRule {
    static let dumpFailed = VerificationRule(
        "dump/failed", .error, "The log says that the dump failed.",
        "The images are what had been written by then.")
    static let noInventory = VerificationRule(
        "dump/no-inventory", .error, "The image set has no inventory.",
        "CRIU writes inventory.img at the end of a dump, and reads it first. The dump did not come to its end, or the file "
            + "was removed or not copied.")
    static let noStatistics = VerificationRule(
        "dump/no-statistics", .note, "The image set has no statistics.",
        "CRIU writes stats-dump last, in a folder that the engine chooses. It was not copied, or the dump did not come to "
            + "its end.")
    static let badArea = VerificationRule(
        "mm/reversed-vma", .error, "A memory area ends before it begins.", "Its addresses were changed.")
    static let badChunk = VerificationRule(
        "ghost/bad-chunk", .error, "A piece of a deleted file does not fit into the file.",
        "Its offset or length was changed, or the size of the file.")
    static let badMounts = VerificationRule(
        "mounts/bad-tree", .error, "The mounts of a namespace do not form a tree.",
        "Ids of mounts or of their parents were changed, or entries were removed.")
    static let badNetlink = VerificationRule(
        "network/bad-netlink", .error, "A message of the kernel about the network cannot be read.",
        "Its bytes were changed. What it held is missing from the report of the network.")
    static let badSeccomp = VerificationRule(
        "seccomp/bad-filter", .error, "The seccomp filters of a thread cannot be found, or a filter cannot be read.",
        "The number of the filter, the chain of filters or the program was changed.")
    static let badSignal = VerificationRule(
        "signals/bad-entry", .error, "A queued signal cannot be read.", "Its bytes were changed or cut off.")
    static let unknownNamespace = VerificationRule(
        "namespaces/unknown", .warning, "A file stands for a namespace that no process is in.",
        "Ids of namespaces were changed.")
    static let badMetadata = VerificationRule(
        "container/bad-metadata", .error, "A file that a container engine put beside the images cannot be read.",
        "Its text is not what the engine writes. What it held is missing from the report of the container.")
    static let badDigest = VerificationRule(
        "source/bad-digest", .error, "The content of a blob has another digest than its name says.",
        "It was changed, or damaged when it was copied.")
    static let uncheckedDigest = VerificationRule(
        "source/unchecked-digest", .note, "The digest of a blob is of a kind that is not checked.",
        "Only SHA-256 is.")
    static let damagedArchive = VerificationRule(
        "source/damaged-archive", .error, "An archive is damaged.",
        "It was cut off, or its bytes were changed. What is behind that place is missing.")
    static let oddMember = VerificationRule(
        "source/odd-member", .warning, "An archive has a member that no engine puts there.",
        "A link, a device, or a name that leads outside. It is not followed or opened.")
    static let duplicateMember = VerificationRule(
        "source/duplicate-member", .warning, "An archive has two members with one name.",
        "The last one counts. Two readers may see two different files.")
    static let otherDamage = VerificationRule(
        "checkpoint/damage", .error, "Something is damaged that no other rule is about.",
        "The explanation of the finding says what.")

    static let modelRules: [VerificationRule] = [
        dumpFailed, noInventory, noStatistics, badArea, badChunk, badMounts, badNetlink, badSeccomp, badSignal,
        unknownNamespace, badMetadata,
        badDigest, uncheckedDigest, damagedArchive, oddMember, duplicateMember, otherDamage,
    ]
}
