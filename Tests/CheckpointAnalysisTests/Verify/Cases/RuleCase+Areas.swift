import CRIUImages
import CheckpointTestSupport
import Foundation

extension RuleCase {
    /// Faults of memory areas and registers.
    static let areas: [RuleCase] = [
        RuleCase("mm/unsorted-vmas", "crash", "mm-4888.img", entry: 0, .area(1)) { set in
            try swapAreas(set, "mm-4888.img", "94015852998656", "94015853002752", "94015853006848")
        },
        RuleCase("mm/overlapping-vmas", "crash", "mm-4888.img", entry: 0, .area(1)) {
            try $0.replace("mm-4888.img", #""end": 94015853002752"#, #""end": 94015853006848"#)
        },
        RuleCase("mm/misaligned-vma", "crash", "mm-4888.img", entry: 0, .area(0)) {
            try $0.replace("mm-4888.img", #""start": 94015852998656"#, #""start": 94015852998657"#)
        },
        RuleCase("mm/empty-vma", "crash", "mm-4888.img", entry: 0, .area(0)) {
            try $0.replace("mm-4888.img", #""start": 94015852998656"#, #""start": 94015853002752"#)
        },
        RuleCase("mm/reversed-vma", "crash", "mm-4888.img", entry: 0, .entry) {
            try $0.replace("mm-4888.img", #""start": 94015852998656"#, #""start": 94015853006848"#)
        },
        RuleCase("mm/reversed-bounds", "crash", "mm-4888.img", entry: 0, .entry) {
            try $0.replace("mm-4888.img", #""mm_end_code": 94015853005325"#, #""mm_end_code": 4096"#)
        },
        RuleCase("mm/no-executable", "crash", "mm-4888.img", entry: 0, .entry) {
            try $0.replace("mm-4888.img", #""exe_file_id": 1"#, #""exe_file_id": 99"#)
        },
        RuleCase("mm/no-file", "crash", "mm-4888.img", entry: 0, .area(0)) {
            try $0.replace("mm-4888.img", #""shmid": 1,"#, #""shmid": 99,"#)
        },
        RuleCase("shmem/no-pagemap", "memory", "memfd.img", entry: 1, .entry, others: ["pages/unclaimed"]) {
            try $0.remove("pagemap-shmem-16655.img")
        },
        RuleCase("shmem/unclaimed", "memory", "pagemap-shmem-5.img") { set in
            try set.write("pagemap-shmem-5.img", ImageBuilder(.pagemap).entry(MessageBuilder().varint(1, 50)).bytes)
            try set.write("pages-50.img", [])
        },
        RuleCase("shmem/beyond-size", "memory", "pagemap-shmem-16655.img", entry: 1, .entry) {
            try $0.replace("pagemap-shmem-16655.img", #""vaddr": 0"#, #""vaddr": 8192"#)
        },
        RuleCase("registers/ip-unmapped", "crash", "core-4889.img", entry: 0, .entry) {
            try $0.replace("core-4889.img", #""ip": 139939804484330"#, #""ip": 4096"#)
        },
        RuleCase("registers/sp-unmapped", "crash", "core-4889.img", entry: 0, .entry) {
            try $0.replace("core-4889.img", #""sp": 139939803450896"#, #""sp": 4096"#)
        },
    ]

    /// Moves the first area of an image behind the second.
    private static func swapAreas(
        _ set: BrokenSet, _ image: String, _ first: String, _ second: String, _ third: String
    ) throws {
        try set.edit(image) { text in
            let parts = text.components(separatedBy: #"{"start": "#)
            return ([parts[0], parts[2], parts[1]] + parts[3...]).joined(separator: #"{"start": "#)
        }
    }
}
