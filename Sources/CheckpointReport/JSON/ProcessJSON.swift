import CheckpointModel
import EvidenceText

extension JSONWriter {
    /// Writes the members of a process.
    mutating func process(_ report: ProcessReport, _ parts: CheckpointJSON.Parts, _ architecture: Architecture?) {
        let process = report.process
        member("pid", process.pid)
        member("ppid", process.parentID)
        member("pgid", process.groupID)
        member("sid", process.sessionID)
        known("state", process.state) { json, value in json.value(value.text) }
        known("name", process.name) { json, value in json.value(value) }
        if parts.contains(.processes) { program(report) }
        if parts.contains(.environment) {
            known("environment", report.environment) { json, words in json.texts(words) }
        }
        if parts.contains(.memory) {
            known("memory", report.memory) { json, memory in json.object { json in json.memory(memory) } }
        }
        if parts.contains(.files) { files(report, architecture) }
    }

    private mutating func program(_ report: ProcessReport) {
        known("exit", report.process.exitCode) { json, value in json.exitCode(value) }
        known("executable", report.executable) { json, value in json.value(value) }
        known("arguments", report.arguments) { json, words in json.texts(words) }
        array("threads", report.process.threads) { json, thread in
            json.object { json in
                json.member("tid", thread.id)
                json.known("name", thread.name) { json, value in json.value(value) }
            }
        }
    }

    private mutating func exitCode(_ code: ExitCode) {
        object { json in
            switch code {
            case .exited(let status): json.member("status", status)
            case .killed(let signal, let dumpedCore):
                json.member("signal", signal)
                json.member("signal_name", signalName(signal))
                json.member("dumped_core", dumpedCore)
            }
        }
    }

    /// Writes an array of texts as a value.
    mutating func texts(_ texts: [ByteText]) {
        elements(texts) { json, text in json.value(text) }
    }

    private mutating func memory(_ memory: ProcessMemory) {
        member("page_size", count: memory.pageSize)
        known("page_runs", memory.pageRuns) { json, runs in json.value(runs.count) }
        if memory.pageRuns.value != nil { pages(memory.pages) }
        array("segments", memory.segments) { json, segment in
            json.object { json in json.segment(segment, hasPages: memory.pageRuns.value != nil) }
        }
    }

    private mutating func pages(_ pages: PageCounts) {
        member("pages_present", count: pages.present)
        member("pages_in_parent", count: pages.parent)
        member("pages_lazy", count: pages.lazy)
        member("pages_lost", count: pages.lost)
    }

    private mutating func segment(_ segment: MemorySegment, hasPages: Bool) {
        member("start", hexadecimal: segment.addresses.lowerBound)
        member("end", hexadecimal: segment.addresses.upperBound)
        member("permissions", segment.permissions)
        member("offset", hexadecimal: segment.offset)
        member("name", segment.name)
        member("status", hexadecimal: UInt64(segment.status.rawValue))
        member("flags", hexadecimal: UInt64(segment.mapFlags))
        if segment.status.mapsFile {
            known("file", segment.file.flatMap(\.target)) { json, value in json.value(value) }
        }
        // The pages of a shared object are not in the page map of a process.
        member("shared_object", segment.sharesObject)
        if hasPages { pages(segment.pages) }
    }
}
