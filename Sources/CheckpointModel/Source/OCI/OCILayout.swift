internal import CRIUImages
internal import EvidenceText

/// An OCI image layout: an index, and blobs named by their digests. A checkpoint is in a layer, as `buildah` and
/// `checkpointctl build` put it there, or in blobs of containerd's own media types.
struct OCILayout {
    private let tree: any FileTree
    private let finder: CheckpointFinder
    private let location: CheckpointFinder.Location
    private let index: OCIDocument

    /// How many indexes can be in each other, and how many blobs are opened.
    private static let depthLimit = 4
    private static let blobLimit = 1000

    /// - Returns: nil if the tree has no index of an OCI image layout.
    init?(_ tree: any FileTree, _ finder: CheckpointFinder, _ location: CheckpointFinder.Location) {
        guard let bytes = tree.content("index.json")?.flatMap(\.all).value, let index = OCIDocument(bytes) else {
            return nil
        }
        (self.tree, self.finder, self.location, self.index) = (tree, finder, location, index)
    }

    /// The checkpoints in the images, in the order of the index.
    func candidates() -> [CheckpointFinder.Candidate] {
        var walk = Walk(layout: self)
        // An index can be that of a checkpoint itself; documents that it leads to take its place.
        let file = tree.content("index.json").map { ExtraFile(path: location.prefix + "index.json", content: $0) }
        walk.visit(index, named: "", depth: 0, extra: file.map { ["oci-manifest.json": $0] } ?? [:])
        return walk.found
    }

    /// A blob, and what is wrong with it.
    private func blob(_ descriptor: OCIDescriptor) -> (path: String, bytes: ImageBytes?, problem: Problem?) {
        let digest = descriptor.digest ?? ""
        let parts = digest.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.allSatisfy(OCILayout.isOfDigest) }) else {
            return (digest, nil, problem(digest, "bad-digest", "not a digest"))
        }
        let path = "blobs/\(parts[0])/\(parts[1])"
        switch tree.content(path)?.flatMap(\.all) {
        case nil: return (path, nil, problem(path, "no-image", "is not there"))
        case .missing(let absence): return (path, nil, problem(path, "unreadable", absence.detail))
        case .value(let bytes): return (path, bytes, check(bytes, path, parts[0], parts[1]))
        }
    }

    private func check(_ bytes: ImageBytes, _ path: String, _ algorithm: String, _ digest: String) -> Problem? {
        guard algorithm == "sha256" else {
            return problem(path, "unchecked-digest", "digests of this kind are not checked")
        }
        let actual = bytes.sha256()
        return actual == digest ? nil : problem(path, "bad-digest", "the content has another digest, \(actual)")
    }

    private static func isOfDigest(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
        }
    }

    private func problem(_ path: String, _ code: String, _ detail: String) -> Problem {
        Problem(image: location.prefix + path, entry: nil, offset: nil, code: code, detail: detail)
    }
}

extension OCILayout {
    /// Goes through indexes and manifests.
    private struct Walk {
        let layout: OCILayout
        var found: [CheckpointFinder.Candidate] = []
        /// What was wrong with the blobs on the way.
        private var problems: [Problem] = []
        private var blobs = 0

        init(layout: OCILayout) {
            self.layout = layout
        }

        /// - Parameters:
        ///   - name: The name of the image, if one was met.
        ///   - extra: The documents on the way here.
        mutating func visit(_ document: OCIDocument, named name: String, depth: Int, extra: [String: ExtraFile]) {
            let name = OCILayout.name(document.annotations) ?? name
            let manifests = document.manifests ?? []
            if let images = manifests.first(where: { $0.isOf("container.criu.checkpoint.criu.tar") }) {
                return visitContainerd(images, manifests, named: name, extra: extra)
            }
            for layer in (document.layers ?? []).reversed() where visitLayer(layer, named: name, extra: extra) {
                return
            }
            guard depth < OCILayout.depthLimit else { return }
            for descriptor in manifests {
                guard let (path, bytes) = open(descriptor), let inner = OCIDocument(bytes) else { continue }
                let own = OCILayout.name(descriptor.annotations) ?? name
                let file = ExtraFile(path: layout.location.prefix + path, content: .value(DeferredBytes(bytes)))
                visit(
                    inner, named: own.isEmpty ? descriptor.digest ?? "" : own, depth: depth + 1,
                    extra: extra.merging(["oci-manifest.json": file]) { $1 })
            }
        }

        private mutating func open(_ descriptor: OCIDescriptor) -> (path: String, bytes: ImageBytes)? {
            blobs += 1
            guard blobs <= OCILayout.blobLimit else { return nil }
            let (path, bytes, problem) = layout.blob(descriptor)
            if let problem {
                problems.append(problem)
                layout.finder.hindrances.problems.append(problem)
            }
            return bytes.map { (path, $0) }
        }

        private func location() -> CheckpointFinder.Location {
            var location = layout.location
            location.problems += problems
            return location
        }

        /// - Returns: Whether the layer has a checkpoint.
        private mutating func visitLayer(
            _ layer: OCIDescriptor, named name: String, extra: [String: ExtraFile]
        ) -> Bool {
            guard let (path, bytes) = open(layer) else { return false }
            let inner = layout.finder.candidates(
                inArchive: bytes, named: path, label: name, at: location(), extra: extra)
            found += inner
            return !inner.isEmpty
        }

        /// The blobs that `ctr container checkpoint` makes: images, the runtime's configuration, changes of the root file
        /// system.
        private mutating func visitContainerd(
            _ images: OCIDescriptor, _ all: [OCIDescriptor], named name: String, extra: [String: ExtraFile]
        ) {
            guard let (path, bytes) = open(images) else { return }
            var extra = extra
            if let descriptor = all.first(where: { $0.isOf("container.checkpoint.config.v1+proto") }),
                let (path, bytes) = open(descriptor)
            {
                let place = layout.location.prefix + path
                if let specification = OCILayout.packedValue(bytes) {
                    extra["spec.dump"] = ExtraFile(path: place, content: .value(DeferredBytes(specification)))
                } else {
                    problems.append(layout.problem(path, "bad-metadata", "not a packed configuration"))
                }
            }
            if let descriptor = all.first(where: { $0.mediaType?.contains(".image.layer.") == true }),
                let (path, bytes) = open(descriptor)
            {
                let place = layout.location.prefix + path
                extra["rootfs-diff.tar"] = ExtraFile(path: place, content: .value(DeferredBytes(bytes)))
            }
            found += layout.finder.candidates(inArchive: bytes, named: path, label: name, at: location(), extra: extra)
        }
    }

    /// The name that an image or a checkpoint has in annotations.
    private static func name(_ annotations: [String: String]?) -> String? {
        let keys = ["org.criu.checkpoint.container.name", "org.opencontainers.image.ref.name"]
        return keys.lazy.compactMap { annotations?[$0] }.first { !$0.isEmpty }
    }

    /// The value in a `google.protobuf.Any`, whose field 2 it is; nil if there is none.
    private static func packedValue(_ bytes: ImageBytes) -> ImageBytes? {
        guard let range = lengthDelimitedField(2, of: bytes) else { return nil }
        return bytes[range]
    }
}
