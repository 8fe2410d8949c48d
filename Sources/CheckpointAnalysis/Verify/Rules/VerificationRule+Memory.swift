/// Rules about page maps and pages images.
extension VerificationRule {
    static let noPages = VerificationRule(
        "pages/missing", .error, "The pages image that a page map leads to is not there.",
        "The contents of that memory are lost, or were left elsewhere.")
    static let pagesTooShort = VerificationRule(
        "pages/too-short", .error, "A pages image has fewer pages than its page map lists.",
        "The file was cut off, or the page map was changed. The pages that would be behind its end are lost.")
    static let pagesTooLong = VerificationRule(
        "pages/surplus", .error, "A pages image has more bytes than its page map lists.",
        "Bytes were added, or entries of the page map were removed or changed, so that pages may be shown at wrong "
            + "addresses.")
    static let pagesUnclaimed = VerificationRule(
        "pages/unclaimed", .warning, "No page map leads to a pages image.",
        "The page map was removed, or the image is left of another dump. What is in it is in no report.")
    static let pagesShared = VerificationRule(
        "pages/claimed-twice", .error, "Two page maps lead to one pages image.",
        "CRIU gives each page map pages of its own. The head of one of them was changed.")

    static let pageRules: [VerificationRule] = [noPages, pagesTooShort, pagesTooLong, pagesUnclaimed, pagesShared]
}

extension VerificationRule {
    static let badPageMap = VerificationRule(
        "pagemap/bad-entry", .error, "An entry of a page map cannot be right.",
        "What the entry lists is left out, or is told to be lost.")
    static let overlappingRuns = VerificationRule(
        "pagemap/overlap", .error, "The addresses of an entry of a page map overlap or precede those before it.",
        "CRIU writes page maps by ascending address, and reads them so. The entry was changed.")
    static let misalignedRun = VerificationRule(
        "pagemap/misaligned", .error, "An entry of a page map begins inside a page.",
        "Pages begin at multiples of the page size. The address was changed, or the page size is another one.")
    static let runBeyondAddresses = VerificationRule(
        "pagemap/beyond-addresses", .error, "An entry of a page map goes beyond the largest address.",
        "The address or the number of pages was changed.")
    static let emptyRun = VerificationRule(
        "pagemap/empty-entry", .warning, "An entry of a page map lists no pages.",
        "CRIU does not write such entries.")
    static let placelessRun = VerificationRule(
        "pagemap/no-place", .error, "The flags of an entry of a page map name no place where its pages are.",
        "Pages are in the image, in the parent snapshot, or left behind. The flags were changed.")
    static let outsideArea = VerificationRule(
        "pagemap/outside-vma", .error, "An entry of a page map lists pages where no memory area is.",
        "CRIU dumps pages of areas only. The page map or the list of areas was changed.")
    static let noParentSnapshot = VerificationRule(
        "pagemap/no-parent-snapshot", .error, "Pages are said to be in a parent snapshot, which is not there.",
        "The link `parent` was not copied, or leads nowhere. The pages are lost unless the snapshot is found.")
    static let notInParent = VerificationRule(
        "pagemap/not-in-parent", .error,
        "Pages are said to be in a parent snapshot, whose page map does not list them.",
        "The link `parent` leads to another snapshot than the dump was made on, or one of the page maps was changed.")

    static let pageMapRules: [VerificationRule] = [
        badPageMap, overlappingRuns, misalignedRun, runBeyondAddresses, emptyRun, placelessRun, outsideArea,
        noParentSnapshot, notInParent,
    ]
}
