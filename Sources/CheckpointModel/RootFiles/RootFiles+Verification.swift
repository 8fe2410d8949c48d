internal import CRIUImages

extension RootFiles {
    /// Code pages that are compared at the most.
    private static let pageLimit = 256

    /// Whether a file is the one that a process mapped.
    ///
    /// - Parameters:
    ///   - found: The file as it is now.
    ///   - file: The open file that the images have.
    ///   - memory: The memory of a process that maps it.
    /// - Complexity: Linear in the number of areas that map it, if no build id is recorded.
    public func verification(of found: RootFile, as file: OpenFile, in memory: ProcessMemory) -> FileVerification {
        if case .deletedFile = found.source { return .imaged }
        guard case .path(let record) = file.detail else { return .unverified("nothing is recorded of the file") }
        guard record.buildID.isEmpty else {
            guard let own = found.elf?.buildID, !own.isEmpty else { return .unverified("it has no build-id") }
            return own == record.buildID ? .buildID : .unverified("its build-id is another")
        }
        guard let size = record.size.value else { return .unverified("neither build-id nor size are recorded") }
        guard size == UInt64(found.bytes.count) else {
            return .unverified("its size is \(found.bytes.count), and that of the mapped file was \(size)")
        }
        return comparePages(found, file, memory)
    }

    /// Compares code, which no program changes but for tools that patch it; other pages are in the images because they
    /// were changed.
    private func comparePages(_ found: RootFile, _ file: OpenFile, _ memory: ProcessMemory) -> FileVerification {
        var count = 0
        for segment in memory.segments where segment.isCode(of: file) {
            var address = segment.addresses.lowerBound
            while address < segment.addresses.upperBound, count < RootFiles.pageLimit {
                let end = min(segment.addresses.upperBound, address.addingCapped(memory.pageSize))
                let stretch = memory.reader.stretch(at: address, before: end)
                if case .image(_, _, _, let bytes) = stretch.place {
                    let offset = segment.offset.addingCapped(address - segment.addresses.lowerBound)
                    guard found.bytes.agrees(with: bytes, at: offset) else {
                        return .unverified("the page of code at \(hexadecimal(address)) differs from it")
                    }
                    count += 1
                    address = stretch.end
                } else {
                    address = memory.reader.stretch(at: address, before: segment.addresses.upperBound).end
                }
            }
        }
        return count > 0
            ? .pages(count: count) : .unverified("no build-id is recorded, and no page is there to compare")
    }
}

extension MemorySegment {
    fileprivate func isCode(of file: OpenFile) -> Bool {
        protection.contains(.execute) && !protection.contains(.write) && self.file.value?.reference == file.reference
    }
}

extension MemoryStretch.Bytes {
    /// Whether other bytes are those at an offset; beyond the end a file reads as zeros.
    fileprivate func agrees(with other: ImageBytes, at offset: UInt64) -> Bool {
        guard let start = Int(exactly: offset), start < count else { return false }
        let end = min(count, start + other.count)
        let own = bytes.copy(start..<end)
        let theirs = other.copy(0..<other.count)
        return theirs.starts(with: own) && theirs[own.count...].allSatisfy { $0 == 0 }
    }
}
