internal import CRIUImages
internal import EvidenceText

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Reads what a container engine noted beside the images.
struct ContainerLoader {
    private let library: ImageLibrary

    /// Metadata of engines is some ten KiB; more than this is not read.
    private static let limit = 16 << 20

    init(_ library: ImageLibrary) {
        self.library = library
    }

    /// The container, or why there is none. Broken JSON is listed as a problem, and the rest is read.
    func container() -> Known<Container> {
        let config = decoded("config.dump", ContainerConfig.self)
        let spec = decoded("spec.dump", ContainerSpec.self)
        if config.absence?.reason == .noImage && spec.absence?.reason == .noImage {
            return .missing(Absence(.noImage, "no metadata of a container engine is beside the images"))
        }
        return .value(container(config, spec))
    }

    private func decoded<Value: Decodable>(_ name: String, _ type: Value.Type) -> Known<Value> {
        guard let content = library.source.attachment(name) else {
            return .missing(Absence(.noImage, "\(name) is not there"))
        }
        return content.flatMap { bytes in
            do {
                guard bytes.count <= ContainerLoader.limit else {
                    return .missing(note(name, "larger than any engine writes it"))
                }
                return .value(try JSONDecoder().decode(type, from: Data(bytes.copy(0..<bytes.count))))
            } catch {
                return .missing(note(name, "not the JSON of a container engine"))
            }
        }
    }

    private func note(_ name: String, _ detail: String) -> Absence {
        library.note(Problem(image: name, entry: nil, offset: nil, code: "bad-metadata", detail: detail))
        return Absence(.damaged, "\(name): \(detail)")
    }

    private func container(_ config: Known<ContainerConfig>, _ spec: Known<ContainerSpec>) -> Container {
        let notes = spec.value?.annotations ?? [:]
        func field(_ what: String, _ value: String?) -> Known<ByteText> {
            if let value, !value.isEmpty { return .value(ByteText(value)) }
            return .missing(config.absence ?? Absence(.notRecorded, "config.dump has no \(what)"))
        }
        let values = config.value
        return Container(
            engine: engine(notes, spec), id: field("id", values?.id),
            name: field("name", notes["io.kubernetes.cri.container-name"] ?? values?.name),
            image: field("image", values?.rootfsImageName ?? values?.rootfsImage),
            imageID: field("image id", values?.rootfsImageID ?? values?.rootfsImageRef),
            runtime: field("runtime", values?.runtime), createdAt: field("time of creation", values?.createdTime),
            checkpointedAt: field("time of the checkpoint", values?.checkpointedTime), pod: pod(notes))
    }

    /// The engine, by what only that engine writes.
    private func engine(_ notes: [String: String], _ spec: Known<ContainerSpec>) -> Known<ContainerEngine> {
        switch notes["io.container.manager"] {
        case "libpod": return .value(.podman)
        case "cri-o": return .value(.crio)
        default: break
        }
        if notes["io.kubernetes.cri.container-name"] != nil || notes["io.kubernetes.cri.sandbox-id"] != nil {
            return .value(.containerd)
        }
        return .missing(spec.absence ?? Absence(.notRecorded, "no annotation in spec.dump names the engine"))
    }

    private func pod(_ notes: [String: String]) -> Known<Container.Pod> {
        let pairs = [
            ("io.kubernetes.pod.name", "io.kubernetes.pod.namespace"),
            ("io.kubernetes.cri.sandbox-name", "io.kubernetes.cri.sandbox-namespace"),
        ]
        for (name, namespace) in pairs {
            if let name = notes[name], let namespace = notes[namespace] {
                return .value(Container.Pod(name: ByteText(name), namespace: ByteText(namespace)))
            }
        }
        return .missing(Absence(.notApplicable, "no annotation in spec.dump names a pod"))
    }
}
