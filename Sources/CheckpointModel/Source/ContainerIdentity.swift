internal import CRIUImages

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// What a container is called by the engine that it was in, to choose it by.
struct ContainerIdentity: Decodable {
    var id: String?
    var name: String?

    /// Both, as far as they are there.
    var names: [String] { [name, id].compactMap { $0 } }
}

extension CheckpointFinder.Candidate {
    /// What `config.dump` calls the container; nothing if there is none that can be read.
    var identity: ContainerIdentity {
        guard let bytes = source.attachment("config.dump")?.value, bytes.count <= 1 << 20,
            let identity = try? JSONDecoder().decode(ContainerIdentity.self, from: Data(bytes.copy(0..<bytes.count)))
        else { return ContainerIdentity() }
        return identity
    }
}
