/// What can be fuzzed.
enum FuzzTarget: String, CaseIterable {
    /// The input is an image.
    case image
    /// The input is the JSON of an image.
    case json
    /// The input is a directory of images, see ``PackedFolder``.
    case folder
    /// The input is an archive.
    case archive
    /// The input is the areas, page runs and pages of a process and of its parent snapshot.
    case memory
    /// The input is netlink messages.
    case netlink
    /// The input is a packet filter program (cBPF).
    case filter

    /// The input is a manifest.
    case manifest

    /// Handles an input.
    func run(_ input: [UInt8]) {
        switch self {
        case .image: fuzzImage(input)
        case .json: fuzzJSON(input)
        case .folder: fuzzFolder(input)
        case .archive: fuzzArchive(input)
        case .memory: fuzzMemory(input)
        case .netlink: fuzzNetlink(input)
        case .filter: fuzzFilter(input)
        case .manifest: fuzzManifest(input)
        }
    }
}

/// Ends the run if what has to hold does not: libFuzzer then keeps the input.
func require(_ condition: Bool, _ message: @autoclosure () -> String) {
    if !condition { fatalError(message()) }
}
