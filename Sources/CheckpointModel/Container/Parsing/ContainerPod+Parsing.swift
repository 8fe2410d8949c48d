internal import EvidenceText

extension ContainerPod {
    /// The pod that the files name; missing as not applicable if none does.
    static func find(_ files: EngineFiles) -> Known<ContainerPod> {
        let pod = ContainerPod(files)
        guard [pod.name, pod.namespace, pod.uid, pod.id].contains(where: { $0.value != nil }) else {
            return .missing(Absence(.notApplicable, "no file names a pod"))
        }
        return .value(pod)
    }

    private init(_ files: EngineFiles) {
        let metadata = files.podDump["metadata"]
        let labels = files.status["labels"]
        name = firstKnown(
            files.note("io.kubernetes.pod.name"), files.note("io.kubernetes.cri.sandbox-name"),
            labels["io.kubernetes.pod.name"].text, metadata["name"].text,
            files.makerNote("org.criu.checkpoint.pod.name"))
        namespace = firstKnown(
            files.note("io.kubernetes.pod.namespace"), files.note("io.kubernetes.cri.sandbox-namespace"),
            labels["io.kubernetes.pod.namespace"].text, metadata["namespace"].text,
            files.makerNote("org.criu.checkpoint.pod.namespace"))
        uid = firstKnown(
            files.note("io.kubernetes.pod.uid"), files.note("io.kubernetes.cri.sandbox-uid"),
            labels["io.kubernetes.pod.uid"].text, metadata["uid"].text, files.makerNote("org.criu.checkpoint.pod.uid"))
        id = firstKnown(
            files.note("io.kubernetes.cri-o.SandboxID"), files.note("io.kubernetes.cri.sandbox-id"),
            files.config["pod"].text, files.makerNote("org.criu.checkpoint.pod.id"))
    }
}
