import CRIUImages
import CheckpointTestSupport

extension RuleCase {
    /// Faults of page maps and pages images.
    static let pages: [RuleCase] = [
        RuleCase("pages/missing", "crash", "pagemap-4888.img", entry: 0, .entry) { try $0.remove("pages-1.img") },
        RuleCase("pages/too-short", "crash", "pages-1.img", .at(36 * 4096 + 4095)) { set in
            try set.write("pages-1.img", set.bytes("pages-1.img").dropLast(1))
        },
        RuleCase("pages/surplus", "crash", "pages-1.img", .at(37 * 4096)) { try $0.append("pages-1.img", [0]) },
        RuleCase("pages/unclaimed", "crash", "pages-7.img") { try $0.write("pages-7.img", []) },
        RuleCase(
            "pages/claimed-twice", "diff-after", "pagemap-6068.img", entry: 0, .entry,
            others: [
                "pages/unclaimed", "pages/surplus",
            ]
        ) { set in
            try set.replace("pagemap-6068.img", #""pages_id": 4"#, #""pages_id": 1"#)
        },
        RuleCase("pagemap/overlap", "crash", "pagemap-4888.img", entry: 2, .entry) {
            try $0.replace("pagemap-4888.img", #""vaddr": 94015853010944"#, #""vaddr": 94015853002752"#)
        },
        RuleCase("pagemap/misaligned", "crash", "pagemap-4888.img", entry: 2, .entry) {
            try $0.replace("pagemap-4888.img", #""vaddr": 94015853010944"#, #""vaddr": 94015853010945"#)
        },
        RuleCase("pagemap/empty-entry", "crash", "pagemap-4888.img", entry: 1, .entry) {
            try $0.replace(
                "pagemap-4888.img", #"{"vaddr": 94015853002752,"#,
                #"{"vaddr": 94015853002752, "compat_nr_pages": 0, "flags": 4, "nr_pages": 0}, {"vaddr": 94015853002752,"#
            )
        },
        RuleCase(
            "pagemap/beyond-addresses", "crash", "pagemap-4888.img", entry: 1, .entry,
            others: ["pagemap/outside-vma", "pagemap/overlap"]
        ) {
            try $0.replace(
                "pagemap-4888.img", #"{"vaddr": 94015853002752,"#,
                #"{"vaddr": 18446744073709547520, "compat_nr_pages": 0, "flags": 2, "nr_pages": 5}, {"vaddr": 94015853002752,"#
            )
        },
        RuleCase("pagemap/no-place", "crash", "pagemap-4888.img", entry: 1, .entry) {
            try $0.replace(
                "pagemap-4888.img", #"{"vaddr": 94015853002752,"#,
                #"{"vaddr": 94015852998656, "compat_nr_pages": 0, "flags": 0, "nr_pages": 1}, {"vaddr": 94015853002752,"#
            )
        },
        RuleCase("pagemap/outside-vma", "crash", "pagemap-4888.img", entry: 1, .entry) {
            try $0.replace(
                "pagemap-4888.img", #"{"vaddr": 94015853002752,"#,
                #"{"vaddr": 4096, "compat_nr_pages": 0, "flags": 2, "nr_pages": 1}, {"vaddr": 94015853002752,"#)
        },
        RuleCase(
            "pagemap/no-parent-snapshot", "crash", "pagemap-4888.img", entry: 1, .entry,
            others: ["stats/pages-in-parent"]
        ) {
            try $0.replace(
                "pagemap-4888.img", #"{"vaddr": 94015853002752,"#,
                #"{"vaddr": 94015852998656, "compat_nr_pages": 0, "flags": 1, "nr_pages": 1}, {"vaddr": 94015853002752,"#
            )
        },
        RuleCase("pagemap/not-in-parent", "chain/3", "pagemap-403.img", entry: 2, .entry) {
            try $0.replace(
                "parent/pagemap-403.img", #""vaddr": 4976640, "compat_nr_pages": 4"#,
                #""vaddr": 4976640, "compat_nr_pages": 3"#)
        },
        RuleCase("pagemap/bad-entry", "crash", "pagemap-4888.img", entry: 1, .entry, others: ["stats/pages-written"]) {
            try $0.replace(
                "pagemap-4888.img", #"{"vaddr": 94015853002752,"#,
                #"{"vaddr": 94015852998656, "compat_nr_pages": 0, "flags": 4, "nr_pages": 1, "compressed_size": [0, 0]}, {"vaddr": 94015853002752,"#
            )
        },
    ]
}
