internal import EvidenceText

extension ContainerUser {
    init(_ files: EngineFiles) {
        let user = files.process["user"]
        requested = firstKnown(files.config["user"].text, files.dockerConfig["User"].text)
        uid = user["uid"].integer
        gid = user["gid"].integer
        additionalGroups = user["additionalGids"].elements.map { $0.compactMap(\.integer.value) }
        umask = user["umask"].integer
    }
}
