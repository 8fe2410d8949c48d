/// Rules about memory areas and what maps them.
extension VerificationRule {
    static let areasUnsorted = VerificationRule(
        "mm/unsorted-vmas", .warning, "Memory areas are not in the order of their addresses.",
        "CRIU writes them in the order of the kernel. Areas were moved, added or changed.")
    static let areasOverlap = VerificationRule(
        "mm/overlapping-vmas", .error, "Two memory areas have addresses in common.",
        "The kernel keeps areas apart; only guard regions lie in the area that they were made in. An area was added or "
            + "changed.")
    static let areaMisaligned = VerificationRule(
        "mm/misaligned-vma", .error, "A memory area begins or ends inside a page.",
        "Areas are of whole pages. An address was changed, or the page size is another one.")
    static let areaEmpty = VerificationRule(
        "mm/empty-vma", .error, "A memory area has no addresses.",
        "The kernel has no such areas. An address was changed.")
    static let boundsReversed = VerificationRule(
        "mm/reversed-bounds", .error, "Code, data, heap, arguments or environment end before they begin.",
        "The kernel refuses such bounds. An address was changed.")
    static let noExecutable = VerificationRule(
        "mm/no-executable", .error, "The program of a process is a file that the images do not list.",
        "The entry of the file was removed, or its id was changed.")
    static let noMappedFile = VerificationRule(
        "mm/no-file", .error, "A memory area maps a file that the images do not list.",
        "The entry of the file was removed, or its id was changed.")
    static let noSharedPages = VerificationRule(
        "shmem/no-pagemap", .error, "Shared memory has no page map.",
        "Its content is missing, though a process maps it, or a descriptor stands for it.")
    static let sharedUnclaimed = VerificationRule(
        "shmem/unclaimed", .warning, "Nothing leads to a page map of shared memory.",
        "The area, memfd or System V segment that had it was removed or changed, or the image is left of another dump.")
    static let beyondObject = VerificationRule(
        "shmem/beyond-size", .error, "A page map of shared memory has pages beyond the size of the memory.",
        "The size or the page map was changed.")
    static let instructionUnmapped = VerificationRule(
        "registers/ip-unmapped", .error, "A thread would go on where no memory is mapped.",
        "The kernel was about to run the instruction there, or had just come back from a system call. The registers or the "
            + "areas were changed, or the thread had jumped there by a fault and was about to get a signal.")
    static let stackUnmapped = VerificationRule(
        "registers/sp-unmapped", .warning, "The stack pointer of a thread leads to no mapped memory.",
        "A program can set it so, but few do. The registers or the areas were changed.")

    static let areaRules: [VerificationRule] = [
        areasUnsorted, areasOverlap, areaMisaligned, areaEmpty, boundsReversed, noExecutable, noMappedFile,
        noSharedPages,
        sharedUnclaimed, beyondObject, instructionUnmapped, stackUnmapped,
    ]
}

/// Rules about the dump as a whole.
extension VerificationRule {
    static let pagesWritten = VerificationRule(
        "stats/pages-written", .error, "The statistics count other pages than the page maps list as written.",
        "CRIU counts what it writes. Pages were added or removed, or statistics and images are of two dumps.")
    static let pagesInParent = VerificationRule(
        "stats/pages-in-parent", .error, "The statistics count other pages than the page maps list as in the parent.",
        "CRIU counts what it leaves out since the parent snapshot has it. Entries were added or removed, or statistics and "
            + "images are of two dumps.")
    static let timesApart = VerificationRule(
        "dump/times-apart", .note, "An image was written more than an hour before or after most others.",
        "Images of one dump are written one after the other. The file was changed later, or is of another dump; a copy that "
            + "does not keep times can also be the reason.")
    static let unknownVersion = VerificationRule(
        "dump/unknown-version", .warning, "The images are of a version that is not known.",
        "CRIU has written versions 1 and 2. A newer CRIU wrote the images, or the inventory was changed.")
    static let noCgroup = VerificationRule(
        "cgroups/no-set", .error, "A thread is in a set of control groups that the images do not list.",
        "The set was removed, or an id was changed.")
    static let namespaceUnclaimed = VerificationRule(
        "namespaces/unclaimed", .note, "The images have a namespace that no process and no descriptor is in.",
        "A mount can keep such a namespace. Otherwise ids were changed, or images are left of another dump.")
    static let mountOrphan = VerificationRule(
        "mounts/no-parent", .error, "A mount is on one that the images do not list.",
        "Only the root of a namespace is on none of its mounts. A mount was removed, or an id was changed.")

    static let dumpRules: [VerificationRule] = [
        pagesWritten, pagesInParent, timesApart, unknownVersion, noCgroup, namespaceUnclaimed, mountOrphan,
    ]
}
