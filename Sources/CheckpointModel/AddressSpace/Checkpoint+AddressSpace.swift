internal import CRIUImages
internal import EvidenceText

extension Checkpoint {
    /// The address space of a process. It is made anew each time: keep it.
    ///
    /// - Parameters:
    ///   - process: The process.
    ///   - files: Where unchanged pages of mapped files are read; nil if only those of deleted files are, which the images
    ///     have.
    public func addressSpace(of process: Process, files: RootFiles? = nil) -> Known<AddressSpace> {
        memory(of: process).map { memory in
            var objects: [UInt64: AddressSpace.SharedObject] = [:]
            for segment in memory.segments {
                guard let id = segment.sharedMemory?.objectID, objects[id] == nil else { continue }
                objects[id] = sharedObject(id, segment.name)
            }
            let files: any MappedFiles = files.map { MappedRootFiles($0, memory) } ?? DeletedFiles(self)
            return AddressSpace(memory, objects: objects, files: files)
        }
    }

    /// The pages of a process whose areas are not known, as an address space: of a pre-dump, or of a dump that failed. It is
    /// made anew each time: keep it.
    ///
    /// - Parameter pid: The process id.
    /// - Returns: The space, or why there is none; that there is no page map is no problem of the checkpoint.
    public func addressSpace(ofPagesOf pid: Int) -> Known<AddressSpace> {
        let name = "pagemap-\(pid).img"
        guard library.has(name) else { return .missing(Absence(.noImage, "\(name) is not there")) }
        return pages(of: pid).map { AddressSpace($0) }
    }

    /// The content of a shared memory object by offset. It is made anew each time: keep it.
    public func space(of object: SharedMemoryObject) -> SharedMemorySpace {
        SharedMemorySpace(sharedObject(object.id, object.name))
    }

    private func sharedObject(_ id: UInt64, _ name: ByteText) -> AddressSpace.SharedObject {
        if let segment = sharedMemoryTable.segments[id], let content = segment.content {
            return .init(id: id, name: name, pages: .inline(content, segment.origin))
        }
        switch sharedMemoryTable.pages(of: id) {
        case .value(let pages): return .init(id: id, name: name, pages: .mapped(pages.reader))
        case .missing(let absence): return .init(id: id, name: name, pages: .missing(absence))
        }
    }
}
