import CheckpointTestSupport
import Foundation

/// A checkpoint of one process with two threads that is written by code, for machines of which there is no real one.
struct HandMadeCheckpoint {
    let folder: ScratchFolder

    static let pid = 100

    /// - Parameters:
    ///   - machine: The name of the machine in core images.
    ///   - part: The key of its registers there.
    ///   - auxiliary: The auxiliary vector as the image has it.
    ///   - areas: The memory areas: of two pages each, of which the first is in the images.
    ///   - pending: What the kernel was told of a signal that waits for the first thread; empty for none.
    ///   - registers: The registers of a thread as JSON, by the number of the thread.
    init(
        _ machine: String, _ part: String, auxiliary: [UInt64], areas: Int = 1, pending: [UInt8] = [],
        registers: (Int) -> String
    ) throws {
        folder = try ScratchFolder()
        try write("inventory.img", "INVENTORY", #"{"img_version": 2}"#)
        try write("pstree.img", "PSTREE", #"{"pid": 100, "ppid": 0, "pgid": 90, "sid": 80, "threads": [100, 101]}"#)
        try write("ids-100.img", "IDS", #"{"vm_id": 1, "files_id": 1, "fs_id": 1, "sighand_id": 1}"#)
        try write("files.img", "FILES")
        try write("fdinfo-1.img", "FDINFO")
        for number in 0..<2 {
            let task = number == 0 ? HandMadeCheckpoint.task : ""
            let signals = number == 0 && !pending.isEmpty ? HandMadeCheckpoint.queue(pending) : ""
            let entry = """
                {"mtype": "\(machine)", "\(part)": \(registers(number)), \(task) "thread_core": {"futex_rla": 0,
                "futex_rla_len": 24, "sched_nice": -5, "sched_policy": 0, "blk_sigset": 2048, \(signals)
                "creds": \(HandMadeCheckpoint.credentials), "comm": "hand"}}
                """
            try write("core-\(100 + number).img", "CORE", entry)
        }
        try writeMemory(auxiliary, areas)
    }

    private static let task = """
        "tc": {"task_state": 1, "exit_code": 0, "personality": 0, "flags": 4194304, "blk_sigset": 2048, "comm": "hand"},
        """

    private static func queue(_ information: [UInt8]) -> String {
        #""signals_p": {"signals": [{"siginfo": "\#(Data(information).base64EncodedString())\n"}]},"#
    }

    private static let credentials = """
        {"uid": 1001, "gid": 1002, "euid": 0, "egid": 0, "suid": 0, "sgid": 0, "fsuid": 0, "fsgid": 0, "cap_inh": [0, 0],
        "cap_prm": [0, 0], "cap_eff": [0, 0], "cap_bnd": [0, 0], "secbits": 0}
        """

    /// Where the first area begins, and how far it is from one to the next.
    static let start = 0x10000, step = 0x4000

    private func writeMemory(_ auxiliary: [UInt64], _ areas: Int) throws {
        let bounds = [
            "mm_start_code", "mm_end_code", "mm_start_data", "mm_end_data", "mm_start_stack", "mm_start_brk", "mm_brk",
            "mm_arg_start", "mm_arg_end", "mm_env_start", "mm_env_end", "exe_file_id",
        ].map { "\"\($0)\": 0" }.joined(separator: ", ")
        let starts = (0..<areas).map { HandMadeCheckpoint.start + $0 * HandMadeCheckpoint.step }
        let vmas = starts.map { start in
            """
            {"start": \(start), "end": \(start + 0x2000), "pgoff": 0, "shmid": 0, "prot": 3, "flags": 34, "status": 513,
            "fd": -1}
            """
        }
        try write(
            "mm-100.img", "MM",
            """
            {\(bounds), "mm_saved_auxv": \(auxiliary), "vmas": [\(vmas.joined(separator: ","))]}
            """)
        let runs = starts.map { "{\"vaddr\": \($0), \"compat_nr_pages\": 0, \"flags\": 4, \"nr_pages\": 1}" }
        try write("pagemap-100.img", "PAGEMAP", ([#"{"pages_id": 1}"#] + runs).joined(separator: ", "))
        // Each page begins with its number.
        var pages = [UInt8](repeating: 0xEE, count: areas * 4096)
        for area in 0..<areas {
            for place in 0..<4 { pages[area * 4096 + place] = UInt8(truncatingIfNeeded: area >> (8 * place)) }
        }
        try folder.write("pages-1.img", pages)
    }

    private func write(_ name: String, _ kind: String, _ entries: String = "") throws {
        try folder.write(name, encode("{\"magic\": \"\(kind)\", \"entries\": [\(entries)]}"))
    }
}
