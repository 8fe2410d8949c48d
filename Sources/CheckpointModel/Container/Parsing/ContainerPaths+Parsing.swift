extension ContainerPaths {
    init(_ files: EngineFiles) {
        let (config, docker, host) = (files.config, files.docker, files.dockerHost)
        root = files.spec["root"]["path"].text
        cgroup = files.linux["cgroupsPath"].text
        cgroupParent = firstKnown(
            config["cgroupParent"].text, files.note("io.kubernetes.cri-o.CgroupParent"), host["CgroupParent"].text)
        log = firstKnown(
            config["logPath"].text, files.note("io.kubernetes.cri-o.LogPath"), files.status["log_path"].text,
            docker["LogPath"].text)
        logDriver = firstKnown(config["logDriver"].text, host["LogConfig"]["Type"].text)
    }
}
