internal import EvidenceText

extension ContainerResources {
    init(_ files: EngineFiles) {
        let told = files.linux["resources"]
        let (memory, cpu, host) = (told["memory"], told["cpu"], files.dockerHost)
        memoryLimit = firstKnown(memory["limit"].integer, host["Memory"].limit)
        memoryReservation = firstKnown(memory["reservation"].integer, host["MemoryReservation"].limit)
        swapLimit = firstKnown(memory["swap"].integer, host["MemorySwap"].limit)
        cpuShares = firstKnown(cpu["shares"].integer, host["CpuShares"].limit)
        cpuQuota = firstKnown(cpu["quota"].integer, host["CpuQuota"].limit)
        cpuPeriod = firstKnown(cpu["period"].integer, host["CpuPeriod"].limit)
        cpus = firstKnown(cpu["cpus"].text, host["CpusetCpus"].text)
        memoryNodes = firstKnown(cpu["mems"].text, host["CpusetMems"].text)
        pidsLimit = firstKnown(told["pids"]["limit"].integer, host["PidsLimit"].limit)
        oomScoreAdjustment = firstKnown(files.process["oomScoreAdj"].integer, host["OomScoreAdj"].integer)
    }
}

extension MetadataNode {
    /// A limit of Docker's, where 0 stands for none.
    fileprivate var limit: Known<Int64> {
        integer.flatMap { $0 == 0 ? .missing(Absence(.notRecorded, "\(path) is not set in \(file.name)")) : .value($0) }
    }
}
