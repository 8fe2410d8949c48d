internal import CheckpointModel

/// Reads all that the model tells of a checkpoint, so that it lists what it cannot read. Memory pages are not read.
struct ModelReading {
    private let checkpoint: Checkpoint

    init(_ checkpoint: Checkpoint) { self.checkpoint = checkpoint }

    func run() {
        readProcesses()
        readFiles()
        readNamespaces()
        readDump()
    }

    private func readProcesses() {
        for process in checkpoint.processes.value ?? [] {
            _ = checkpoint.memory(of: process)
            _ = checkpoint.descriptors(of: process)
            _ = checkpoint.directories(of: process)
            _ = checkpoint.details(of: process)
            _ = checkpoint.threads(of: process)
        }
        for pid in checkpoint.pagesOnlyPIDs { _ = checkpoint.pages(of: pid) }
        _ = checkpoint.seccompFilters
        _ = checkpoint.sharedMemory
    }

    private func readFiles() {
        guard checkpoint.processes.value != nil else { return }
        _ = (checkpoint.ghosts, checkpoint.pipes, checkpoint.locks, checkpoint.queuedPackets, checkpoint.terminals)
        for file in checkpoint.files {
            _ = checkpoint.remap(of: file)
            if let socket = file.socket { _ = checkpoint.tcpStream(of: socket) }
            if case .bpfMap(let map) = file.detail { _ = checkpoint.content(of: map) }
        }
    }

    private func readNamespaces() {
        for namespace in checkpoint.namespaces {
            _ = checkpoint.hostNames(of: namespace)
            _ = checkpoint.clocks(of: namespace)
            _ = checkpoint.identityMaps(of: namespace)
            _ = checkpoint.externalKey(of: namespace)
            _ = checkpoint.ipcObjects(of: namespace)
            _ = checkpoint.network(of: namespace)
            for mount in checkpoint.mounts(of: namespace).value ?? [] {
                _ = checkpoint.tmpfsContent(of: mount)
                _ = checkpoint.automounter(of: mount)
            }
        }
        _ = checkpoint.binaryFormats()
    }

    private func readDump() {
        _ = (checkpoint.statistics, checkpoint.dumpLog, checkpoint.standardStreams, checkpoint.fileSystemChanges)
        _ = (checkpoint.volumes, checkpoint.sharedMemoryFiles, checkpoint.containerLog)
    }
}
