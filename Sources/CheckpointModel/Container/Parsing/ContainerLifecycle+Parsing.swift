internal import EvidenceText

extension ContainerLifecycle {
    init(_ files: EngineFiles) {
        let (config, status, own) = (files.config, files.status, files.ownStatus)
        let (state, host) = (files.docker["State"], files.dockerHost)
        self.state = firstKnown(ContainerLifecycle.dockerState(state), ContainerLifecycle.state(status["state"]))
        hostPID = firstKnown(own["Pid"].integer, state["Pid"].integer)
        exitCode = firstKnown(own["ExitCode"].integer, status["exit_code"].integer, state["ExitCode"].integer)
        restartPolicy = firstKnown(config["restart_policy"].text, host["RestartPolicy"]["Name"].text)
        restartCount = firstKnown(
            files.docker["RestartCount"].integer,
            ContainerLifecycle.number(files, "io.kubernetes.container.restartCount"))
        stopSignal = firstKnown(
            config["stopSignal"].numberOrText, files.dockerConfig["StopSignal"].text,
            files.note("org.opencontainers.image.stopSignal"))
        isRestored = config["restored"].flag
    }

    /// Docker writes a flag for each state.
    private static func dockerState(_ state: MetadataNode) -> Known<ByteText> {
        let words = [("Dead", "dead"), ("Restarting", "restarting"), ("Paused", "paused"), ("Running", "running")]
        for (key, word) in words where state[key].flag.value == true { return .value(ByteText(word)) }
        return state["Running"].flag.map { _ in "not running" }
    }

    /// Kubernetes' interface writes a number.
    private static func state(_ node: MetadataNode) -> Known<ByteText> {
        guard case .value(.number) = node.content else { return node.text }
        let words: [Int64: ByteText] = [0: "created", 1: "running", 2: "exited", 3: "unknown"]
        return node.integer.map { words[$0] ?? ByteText("state \($0)") }
    }

    /// A number in an annotation, which is text.
    private static func number(_ files: EngineFiles, _ key: String) -> Known<Int64> {
        let places = [
            files.annotations[key], files.status["annotations"][key],
            files.annotations["io.kubernetes.cri-o.Annotations"].nested[key],
        ]
        for node in places {
            if let number = node.text.value?.string.flatMap({ Int64($0) }) { return .value(number) }
        }
        return .missing(Absence(.notRecorded, "no annotation has \(key)"))
    }
}
