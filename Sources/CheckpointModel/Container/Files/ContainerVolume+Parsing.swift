internal import CRIUImages
internal import EvidenceText

extension ContainerVolume {
    private static let folder = "volumes/"
    private static let ending = ".tar"

    /// The volumes that the checkpoint holds, by name.
    static func list(_ library: ImageLibrary) -> [ContainerVolume] {
        library.source.attachmentNames.filter { $0.hasPrefix(folder) && $0.hasSuffix(ending) }.sorted().map { name in
            ContainerVolume(
                name: ByteText(String(name.dropFirst(folder.count).dropLast(ending.count))),
                files: library.sortedMembers(name), origin: Origin(name))
        }
    }
}
