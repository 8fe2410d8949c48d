public import EvidenceText

internal import CRIUImages
internal import Synchronization
internal import SystemPackage

/// A checkpoint: what CRIU dumped of a tree of processes.
///
/// The tree is read when the checkpoint is opened; memory and files are read when they are asked for. What cannot be read
/// is listed in ``problems``, and the rest is given all the same.
public final class Checkpoint: Sendable {
    /// The checkpoint as the user named it.
    public let name: ByteText
    /// The description of the dump.
    public let inventory: Known<Inventory>
    /// The machine that was dumped; nil if it is not known. It is also told without an inventory.
    public let architecture: Architecture?
    /// How the dump ended, by the end of its log. A dump that failed is listed as a problem.
    public let outcome: Known<DumpOutcome>
    /// What a container engine noted beside the images.
    public let container: Known<Container>
    /// The processes, each followed by its children, then those that the process tree does not tell of though it should;
    /// missing if there are none, as in a pre-dump.
    public let processes: Known<[Process]>

    let library: ImageLibrary
    /// What the user named; nil for what is not of a file.
    let evidence: FilePath?
    private let tables = Mutex<Tables>(Tables())
    /// What is read out of several images, when it is first asked for.
    let memo = Memo()

    /// What several processes share, read when first asked for.
    private struct Tables {
        var files: FileTable?
        var sharedMemory: SharedMemoryTable?
    }

    init(_ source: any ImageSource, problems: [Problem] = [], evidence: FilePath? = nil) {
        self.evidence = evidence
        library = ImageLibrary(source)
        problems.forEach(library.note)
        name = source.name
        inventory = Inventory.load(library)
        architecture = (inventory.value?.architecture ?? library.architecture).value
        outcome = DumpLog.outcome(library)
        container = ContainerLoader(library).container()
        processes = ProcessTree(library).processes()
    }

    /// What could not be read so far, in the order of asking.
    public var problems: [Problem] { library.problems }

    /// The files of the source that were read so far: the archives that the images are in, the outermost first, then the
    /// others by name.
    public var sourceFiles: [SourceFile] {
        let digests = madeEvidenceFiles?.digests ?? [:]
        return library.source.filesRead.map { file in
            var file = file
            file.digests = digests
            return file
        }
    }

    /// How many open files the images list.
    public var fileCount: Int { fileTable.count }

    /// The process with an id; nil if there is none. Linear in the number of processes.
    public func process(_ pid: Int) -> Process? {
        processes.value?.first { $0.pid == pid }
    }

    /// The memory of a process. It is read anew each time: keep it.
    public func memory(of process: Process) -> Known<ProcessMemory> {
        if process.state.value?.hasEnded == true { return .missing(.ended) }
        return MemoryLoader(library, fileTable, sharedMemory: sharedMemoryTable).memory(of: process.pid)
    }

    /// The descriptors of a process, in the order of the image. They are read anew each time: keep them.
    public func descriptors(of process: Process) -> Known<[Descriptor]> {
        process.ids.files.flatMap { id in
            library.noteIfAbsent("fdinfo-\(id).img")
            return library.records("fdinfo-\(id).img", FdinfoEntry.self).map { entries in
                let files = fileTable
                return entries.enumerated().map { index, entry in
                    Descriptor(entry, files, Origin("fdinfo-\(id).img", entry: index))
                }
            }
        }
    }

    /// A file by its type and id in the images.
    func file(_ type: FileType, _ id: UInt32) -> Known<OpenFile> {
        fileTable.file(type, id)
    }

    var fileTable: FileTable {
        tables.withLock { tables in
            if let files = tables.files { return files }
            let files = FileTableLoader(library).load()
            tables.files = files
            return files
        }
    }

    var sharedMemoryTable: SharedMemoryTable {
        tables.withLock { tables in
            if let table = tables.sharedMemory { return table }
            let table = SharedMemoryTable(library)
            tables.sharedMemory = table
            return table
        }
    }
}

/// A checkpoint that cannot be opened at all.
public struct CheckpointError: Error, Sendable, Equatable {
    /// What the user named.
    public let path: ByteText
    /// What is wrong, to be put behind the path.
    public let detail: String
}

extension Descriptor {
    init(_ entry: FdinfoEntry, _ files: FileTable, _ origin: Origin) {
        let type = FileType(rawValue: entry.type.rawValue)
        self.init(
            number: entry.fd, isClosedOnExec: entry.flags & 1 != 0, type: type, fileID: entry.id,
            securityLabel: entry.xattrSecuritySelinux, file: files.file(type, entry.id), origin: origin)
    }
}
