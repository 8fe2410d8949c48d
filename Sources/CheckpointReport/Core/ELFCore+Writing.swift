internal import CheckpointModel
internal import EvidenceText
public import SystemPackage

extension ELFCore {
    /// Writes the core to an empty file. Where nothing is written, the file has holes.
    ///
    /// - Parameter file: A regular file that is open for writing. It stays the caller's.
    /// - Throws: `Errno` of the file; `fileTooLarge` if no file can hold the core.
    public func write(to file: FileDescriptor) throws(Errno) {
        var layout = layout
        let tableSize = target.headerSize + (layout.loads.count + 1) * target.programHeaderSize
        let headSize = UInt64(tableSize + notes.count)
        guard let end = layout.place(from: headSize, pageSize: pageSize), end <= largestOffset else {
            throw .fileTooLarge
        }
        let headers = ELFHeaders(target: target, count: layout.loads.count + 1, sectionOffset: (end + 7) / 8 * 8)
        try write(head(headers, layout, tableSize), to: file, at: 0)
        for load in layout.loads { try write(load, to: file) }
        if headers.needsSection { try write(headers.section(), to: file, at: headers.sectionOffset) }
    }

    /// The largest offset that the headers can name.
    private var largestOffset: UInt64 { target.is64Bit ? UInt64(Int64.max) : UInt64(UInt32.max) }

    private func head(_ headers: ELFHeaders, _ layout: CoreLayout, _ tableSize: Int) -> [UInt8] {
        var out = ELFBytes(target)
        out.append(headers.header())
        out.notesHeader(offset: UInt64(tableSize), size: UInt64(notes.count))
        for load in layout.loads { out.loadHeader(load, alignment: pageSize) }
        out.append(notes)
        return out.bytes
    }

    /// Writes the data of a stretch. Runs of zeros in it that no image holds stay holes: data follows them.
    private func write(_ load: ELFLoad, to file: FileDescriptor) throws(Errno) {
        guard let space, load.fileSize > 0 else { return }
        try space.forEachStretch(in: load.address..<(load.address + load.fileSize)) { stretch throws(Errno) in
            guard let bytes = stretch.bytes else { return }
            try bytes.write(to: file, at: load.fileOffset + (stretch.addresses.lowerBound - load.address))
        }
    }

    private func write(_ bytes: [UInt8], to file: FileDescriptor, at offset: UInt64) throws(Errno) {
        guard let offset = Int64(exactly: offset) else { throw .fileTooLarge }
        _ = try throwingErrno { try bytes.withUnsafeBytes { try file.writeAll(toAbsoluteOffset: offset, $0) } }
    }
}
