import CRIUImages
import CheckpointTestSupport
import EvidenceText

@testable import CheckpointModel

/// Images that a test has made, and the snapshot that they build on.
struct MemorySource: ImageSource {
    var images: [String: [UInt8]] = [:]
    /// The images of the parent snapshot; an array, since a structure cannot hold itself.
    var parents: [MemorySource] = []

    let name: ByteText = "made by a test"
    var imageNames: [String] { images.keys.sorted() }

    /// Begins with an inventory.
    init() {
        self["inventory.img"] = ImageBuilder(.inventory).entry(MessageBuilder().varint(1, 2))
    }

    func bytes(of name: String) throws(ImageError) -> ImageBytes {
        guard let bytes = images[name] else { throw ImageError(unreadable: name, "not there") }
        return ImageBytes(bytes)
    }

    func modificationTime(of name: String) -> Int64? { nil }

    func parent() throws(ImageError) -> (any ImageSource)? { parents.first }

    /// An image, to be set.
    subscript(_ name: String) -> ImageBuilder {
        get { ImageBuilder().raw(images[name] ?? []) }
        set { images[name] = newValue.bytes }
    }

    /// The checkpoint of the images.
    func open() -> Checkpoint { Checkpoint(self) }
}

extension MemorySource {
    /// Adds processes to the tree, each with a core image.
    mutating func addProcesses(_ processes: [(pid: UInt32, parent: UInt32)]) {
        var tree = images["pstree.img"] == nil ? ImageBuilder(.pstree) : self["pstree.img"]
        for (pid, parent) in processes {
            tree.append(
                MessageBuilder().varint(1, UInt64(pid)).varint(2, UInt64(parent)).varint(3, 1).varint(4, 1)
                    .varint(5, UInt64(pid)))
            self["core-\(pid).img"] = ImageBuilder(.core).entry(.core(name: "task-\(pid)"))
        }
        self["pstree.img"] = tree
    }

    /// Gives process 1 an address space and page runs, its pages in pages-1.img.
    mutating func addMemory(_ memory: MessageBuilder, runs: [MessageBuilder], pages: [UInt8]) {
        addProcesses([(1, 0)])
        self["mm-1.img"] = ImageBuilder(.mm).entry(memory)
        addPages(runs, pages)
    }

    /// Sets the page runs of process 1.
    mutating func addPages(_ runs: [MessageBuilder], _ pages: [UInt8]) {
        let head = ImageBuilder(.pagemap).entry(MessageBuilder().varint(1, 1))
        self["pagemap-1.img"] = runs.reduce(head) { $0.entry($1) }
        images["pages-1.img"] = pages
    }

    /// The memory of process 1, and the checkpoint that tells what is wrong with it.
    func memory() throws -> (memory: ProcessMemory, checkpoint: Checkpoint) {
        let checkpoint = open()
        guard let process = checkpoint.process(1) else { throw TruthError(text: "there is no process 1") }
        switch checkpoint.memory(of: process) {
        case .value(let memory): return (memory, checkpoint)
        case .missing(let absence): throw TruthError(text: absence.detail)
        }
    }
}

/// Pages that are filled with their number, counted from 1.
func numberedPages(_ count: Int, size: Int = 4096) -> [UInt8] {
    (0..<count).flatMap { Array(repeating: UInt8(truncatingIfNeeded: $0 + 1), count: size) }
}
