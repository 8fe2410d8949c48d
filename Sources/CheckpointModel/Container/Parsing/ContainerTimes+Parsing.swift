internal import EvidenceText

extension ContainerTimes {
    init(_ files: EngineFiles, imagesWritten: Known<Int64>) {
        let (config, own, status) = (files.config, files.ownStatus, files.status)
        let state = files.docker["State"]
        created = firstKnown(
            config["createdTime"].time, files.docker["Created"].time, own["CreatedAt"].time,
            status["created_at"].time, files.annotations["io.kubernetes.cri-o.Created"].time)
        started = firstKnown(own["StartedAt"].time, status["started_at"].time, state["StartedAt"].time)
        checkpointed = config["checkpointedTime"].time
        finished = firstKnown(own["FinishedAt"].time, status["finished_at"].time, state["FinishedAt"].time)
        restored = config["restoredTime"].time
        self.imagesWritten = imagesWritten
    }
}

extension MetadataNode {
    /// A time; missing where the engine wrote the zero that stands for none.
    fileprivate var time: Known<EngineTime> {
        let zero: Known<EngineTime> = .missing(Absence(.notRecorded, "\(path) is not set in \(file.name)"))
        if case .value(.number) = content { return integer.flatMap { $0 == 0 ? zero : .value(.nanoseconds($0)) } }
        return text.flatMap { text in
            text.bytes.starts(with: "0001-01-01T00:00:00".utf8) ? zero : .value(.text(text))
        }
    }
}
