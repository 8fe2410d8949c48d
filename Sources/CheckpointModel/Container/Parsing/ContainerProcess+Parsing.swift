internal import EvidenceText

extension ContainerProcess {
    init(_ files: EngineFiles) {
        let (process, docker) = (files.process, files.dockerConfig)
        arguments = firstKnown(process["args"].texts, ContainerProcess.dockerArguments(files))
        entrypoint = firstKnown(files.config["entrypoint"].texts, docker["Entrypoint"].texts)
        command = firstKnown(files.config["command"].texts, docker["Cmd"].texts)
        createCommand = files.config["CreateCommand"].texts
        workingDirectory = firstKnown(process["cwd"].text, docker["WorkingDir"].text)
        user = ContainerUser(files)
        environment = firstKnown(process["env"].texts, docker["Env"].texts)
        hasTerminal = firstKnown(
            process["terminal"].flag, docker["Tty"].flag,
            // The specification leaves out what is false.
            process.exists ? .value(false) : process["terminal"].flag)
        limits = process["rlimits"].elements.map { nodes in
            nodes.compactMap { node in
                node["type"].text.value.map {
                    ContainerLimit(type: $0, soft: node["soft"].count, hard: node["hard"].count)
                }
            }
        }
    }

    /// Docker keeps program and arguments apart.
    private static func dockerArguments(_ files: EngineFiles) -> Known<[ByteText]> {
        files.docker["Path"].text.map { [$0] + (files.docker["Args"].texts.value ?? []) }
    }
}
