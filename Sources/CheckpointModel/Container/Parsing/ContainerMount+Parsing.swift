internal import EvidenceText

extension ContainerMount {
    /// The mounts that the runtime was told of, with what CRI-O and Podman say more of each; for Docker its own list.
    static func list(_ files: EngineFiles) -> Known<[ContainerMount]> {
        let details = MountDetails(files)
        let specified = files.spec["mounts"].elements.map { nodes in
            nodes.map { ContainerMount($0, details) } + details.unseen
        }
        if specified.value != nil { return specified }
        let docker = files.docker["MountPoints"].members.map { members in
            members.map { ContainerMount(docker: $0.value) }.sorted { order($0) < order($1) }
        }
        if docker.value == nil, !details.unseen.isEmpty { return .value(details.unseen) }
        return firstKnown(specified, docker)
    }

    private static func order(_ mount: ContainerMount) -> ByteText { mount.destination.value ?? "" }

    private init(_ node: MetadataNode, _ details: MountDetails) {
        destination = node["destination"].text
        source = node["source"].text
        type = node["type"].text
        options = node["options"].texts
        let detail = destination.value.flatMap { details.take($0) }
        volume = detail?.volume ?? .missing(.noVolume)
        fileType = detail?.fileType ?? .missing(.noFileType)
        permissions = detail?.permissions ?? .missing(.noFileType)
        origin = Origin(node.file.name)
    }

    private init(docker node: MetadataNode) {
        destination = node["Destination"].text
        source = node["Source"].text
        type = node["Type"].text
        options = node["RW"].flag.map { [$0 ? "rw" : "ro"] }
        let name = node["Name"].text
        volume = name.value == nil ? .missing(.noVolume) : name
        fileType = .missing(.noFileType)
        permissions = .missing(.noFileType)
        origin = Origin(node.file.name)
    }

    /// A mount that only one of the lists beside the specification has.
    fileprivate init(_ detail: MountDetails.Detail, at destination: ByteText) {
        self.destination = .value(destination)
        source = detail.source
        type = detail.volume.value == nil ? .value("bind") : .value("volume")
        options = detail.options
        volume = detail.volume.value == nil ? .missing(.noVolume) : detail.volume
        fileType = detail.fileType
        permissions = detail.permissions
        origin = detail.origin
    }
}

extension Absence {
    fileprivate static let noVolume = Absence(.notApplicable, "not a named volume")
    fileprivate static let noFileType = Absence(.notRecorded, "no bind.mounts names it")
}

/// What `namedVolumes` of Podman and `bind.mounts` of CRI-O say of mounts, by where they are mounted.
private final class MountDetails {
    struct Detail {
        var source: Known<ByteText>
        var options: Known<[ByteText]>
        var volume: Known<ByteText>
        var fileType: Known<ByteText>
        var permissions: Known<UInt64>
        let origin: Origin
    }

    private var details: [ByteText: Detail] = [:]
    private var taken: Set<ByteText> = []

    init(_ files: EngineFiles) {
        for node in files.config["namedVolumes"].elements.value ?? [] {
            add(node, at: node["dest"].text, volume: node["volumeName"].text, fileType: .missing(.noFileType))
        }
        for node in files.binds.elements.value ?? [] {
            add(node, at: node["destination"].text, volume: .missing(.noVolume), fileType: node["file_type"].text)
        }
    }

    private func add(
        _ node: MetadataNode, at destination: Known<ByteText>, volume: Known<ByteText>, fileType: Known<ByteText>
    ) {
        guard let destination = destination.value else { return }
        details[destination] = Detail(
            source: node["source"].text, options: node["options"].texts, volume: volume, fileType: fileType,
            permissions: node["permissions"].count, origin: Origin(node.file.name))
    }

    /// What is said of a mount.
    func take(_ destination: ByteText) -> Detail? {
        taken.insert(destination)
        return details[destination]
    }

    /// The mounts that were not asked for, sorted.
    var unseen: [ContainerMount] {
        details.filter { !taken.contains($0.key) }.sorted { $0.key < $1.key }.map {
            ContainerMount($0.value, at: $0.key)
        }
    }
}
