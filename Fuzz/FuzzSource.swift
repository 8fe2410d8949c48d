import CRIUImages
import CheckpointTestSupport
import EvidenceText

@testable import CheckpointModel

/// Images in memory: around what is fuzzed, everything else is right.
struct FuzzSource: ImageSource {
    private var images: [String: [UInt8]] = [:]
    private var parents: [FuzzSource] = []

    let name: ByteText = "fuzz"
    var imageNames: [String] { images.keys.sorted() }

    /// Begins with an inventory and process 1, which is in namespaces of its own.
    init() {
        let outside = FuzzSource.ids(namespaces: [1, 2, 3, 4, 6, 7, 8, 5])
        self["inventory.img"] = ImageBuilder(.inventory).entry(
            MessageBuilder().varint(1, 2).message(3, outside).varint(4, 1))
        self["pstree.img"] = ImageBuilder(.pstree).entry(
            [1, 0, 1, 1, 1].enumerated().reduce(MessageBuilder()) { $0.varint(UInt32($1.offset + 1), $1.element) })
        self["core-1.img"] = ImageBuilder(.core).entry(.core(name: "fuzz"))
        self["ids-1.img"] = ImageBuilder(.ids).entry(FuzzSource.ids(namespaces: [9, 10, 11, 12, 14, 16, 15, 13]))
        self["files.img"] = ImageBuilder(.files)
    }

    /// The ids of a process: of tables, then of pid, net, ipc, uts, mnt, user, cgroup and time namespaces.
    private static func ids(namespaces: [UInt64]) -> MessageBuilder {
        ([1, 2, 1, 1] + namespaces).enumerated().reduce(MessageBuilder()) {
            $0.varint(UInt32($1.offset + 1), $1.element)
        }
    }

    func bytes(of name: String) throws(ImageError) -> ImageBytes {
        guard let bytes = images[name] else { throw ImageError(unreadable: name, "not there") }
        return ImageBytes(bytes)
    }

    func modificationTime(of name: String) -> Int64? { nil }

    func parent() throws(ImageError) -> (any ImageSource)? { parents.first }

    /// Sets what these images build on.
    mutating func setParent(_ parent: FuzzSource) { parents = [parent] }

    /// Sets the bytes of an image.
    mutating func set(_ name: String, _ bytes: [UInt8]) { images[name] = bytes }

    /// An image, to be set.
    subscript(_ name: String) -> ImageBuilder {
        get { ImageBuilder().raw(images[name] ?? []) }
        set { images[name] = newValue.bytes }
    }

    /// The checkpoint of the images.
    var checkpoint: Checkpoint { Checkpoint(self) }
}
