internal import CRIUImages
internal import EvidenceText

/// Names memory areas as /proc/PID/maps does.
struct SegmentNames {
    let files: FileTable
    let sharedMemory: SharedMemoryTable

    func name(of area: VmaEntry, _ status: SegmentStatus, _ file: Known<OpenFile>, _ bounds: MemoryBounds) -> ByteText {
        if status.contains(.sysvIPC) { return sysvName(area.shmid) }
        if status.mapsFile {
            guard let target = file.value?.target.value else { return "?" }
            return target
        }
        if let fixed = fixedName(status) { return fixed }
        if status.contains(.anonymousShared) { return "/dev/zero (deleted)" }
        // The same tests as the kernel's, which names areas so by where they are. Older kernels also call areas so
        // that only touch the heap.
        if area.start < bounds.heap.end && area.end > bounds.heap.start { return "[heap]" }
        if area.start <= bounds.stackStart && area.end >= bounds.stackStart { return "[stack]" }
        return ""
    }

    private func fixedName(_ status: SegmentStatus) -> ByteText? {
        if status.contains(.vsyscall) { return "[vsyscall]" }
        if status.contains(.vdso) { return "[vdso]" }
        if status.contains(.vvar) { return "[vvar]" }
        if status.contains(.aioRing) { return "/[aio] (deleted)" }
        if status.contains(.guardRegion) { return "[guard region]" }
        if status.contains(.uprobes) { return "[uprobes]" }
        if status.contains(.stack) { return "[stack]" }
        return status.contains(.heap) ? "[heap]" : nil
    }

    /// The kernel's name has the key of the segment, which the IPC image knows.
    private func sysvName(_ id: UInt64) -> ByteText {
        sharedMemory.segments[id]?.mapName ?? "/SYSV???????? (deleted)"
    }
}
