extension Checkpoint {
    /// What an IPC namespace holds. It is read anew each time: keep it.
    ///
    /// - Complexity: Linear in the images of the namespace and in the memory areas of the processes in it.
    public func ipcObjects(of namespace: Namespace) -> Known<IPCObjects> {
        guard namespace.kind == .ipc else {
            return .missing(Absence(.notApplicable, "a \(namespace.kind.title) namespace has no IPC objects"))
        }
        if let absence = namespace.hostAbsence { return .missing(absence) }
        var attachments: [UInt32: [SharedSegment.Attachment]]?
        return .value(
            IPCLoader(library, namespace, sharedMemoryTable).objects { id in
                let all = attachments ?? self.attachments(in: namespace)
                attachments = all
                return all[id] ?? []
            })
    }

    /// Where the processes of a namespace have System V segments, by the ids of the segments.
    private func attachments(in namespace: Namespace) -> [UInt32: [SharedSegment.Attachment]] {
        let members = Set(namespace.processes)
        var found: [UInt32: [SharedSegment.Attachment]] = [:]
        for process in processes.value ?? [] where members.contains(process.pid) {
            for area in memory(of: process).value?.segments ?? [] where area.status.contains(.sysvIPC) {
                guard let id = UInt32(exactly: area.objectID) else { continue }
                found[id, default: []].append(
                    SharedSegment.Attachment(
                        pid: process.pid, addresses: area.addresses, offset: area.offset,
                        isWritable: area.protection.contains(.write)))
            }
        }
        return found
    }
}
