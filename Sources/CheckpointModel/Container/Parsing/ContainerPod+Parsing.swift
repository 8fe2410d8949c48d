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
        let options = files.podOptions["annotations"]
        name = firstKnown(
            files.note("io.kubernetes.pod.name"), files.note("io.kubernetes.cri.sandbox-name"),
            labels["io.kubernetes.pod.name"].text, metadata["name"].text, options["org.criu.checkpoint.pod.name"].text)
        namespace = firstKnown(
            files.note("io.kubernetes.pod.namespace"), files.note("io.kubernetes.cri.sandbox-namespace"),
            labels["io.kubernetes.pod.namespace"].text, metadata["namespace"].text,
            options["org.criu.checkpoint.pod.namespace"].text)
        uid = firstKnown(
            files.note("io.kubernetes.pod.uid"), files.note("io.kubernetes.cri.sandbox-uid"),
            labels["io.kubernetes.pod.uid"].text, metadata["uid"].text, options["org.criu.checkpoint.pod.uid"].text)
        id = firstKnown(
            files.note("io.kubernetes.cri-o.SandboxID"), files.note("io.kubernetes.cri.sandbox-id"),
            files.config["pod"].text, options["org.criu.checkpoint.pod.id"].text)
    }
}
