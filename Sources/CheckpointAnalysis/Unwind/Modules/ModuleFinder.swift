internal import CheckpointModel
internal import EvidenceText

/// Finds the ELF files of modules. A file that is not known to be the one that was mapped is not used: its functions would
/// be lies.
struct ModuleFinder {
    let space: AddressSpace
    let memory: ProcessMemory
    let files: RootFiles
    let debugFiles: DebugFiles

    /// Larger modules are not put together out of memory.
    private static let limit: UInt64 = 64 << 20

    func module(_ group: SegmentGroup) -> MappedModule {
        let first = group.segments[0]
        let file = first.file.value
        let name = first.status.contains(.vdso) ? "[vdso]" : file?.target.value ?? first.name
        var recorded: [UInt8] = []
        if case .path(let record) = file?.detail { recorded = record.buildID }
        let found = file.map { self.file($0, recorded, group) } ?? mapped(group, name)
        return MappedModule(
            name: name, addresses: group.addresses, recordedBuildID: recorded,
            file: found.flatMap { bound($0.0, $0.1, group) })
    }

    // MARK: Where files are

    private typealias Found = (RootFile, FileVerification)

    private func file(_ file: OpenFile, _ recorded: [UInt8], _ group: SegmentGroup) -> Known<Found> {
        var absence: Absence
        switch files.file(file) {
        case .missing(let reason): absence = reason
        case .value(let found):
            switch files.verification(of: found, as: file, in: memory) {
            case .unverified(let reason): absence = Absence(.unreadable, different(found, reason))
            case let verification: return .value((found, verification))
            }
        }
        if let found = debugFiles.program(recorded) ?? debugFiles.symbols(recorded) {
            return .value((found, .buildID))
        }
        if case .value(let found) = mapped(group, file.target.value ?? "") { return .value(found) }
        if absence.reason != .unreadable, absence.reason != .damaged {
            absence = Absence(absence.reason, absence.detail)
        }
        return .missing(absence)
    }

    private func different(_ found: RootFile, _ reason: String) -> String {
        let own = found.elf?.buildID ?? []
        let name = own.isEmpty ? "" : " (build-id \(hexadecimalDigits(own)))"
        return "the file of that name\(name) is not known to be the one that was mapped: \(reason)"
    }

    /// The file out of memory, if the images have all of it: that of the kernel's shared object, or of a program that
    /// unpacked itself.
    private func mapped(_ group: SegmentGroup, _ name: ByteText) -> Known<Found> {
        let absent = Known<Found>.missing(Absence(.pagesAbsent, "the images do not have all of its pages"))
        let first = group.segments[0]
        guard first.offset == 0, let end = group.segments.map(\.fileEnd).max(), end <= ModuleFinder.limit else {
            return absent
        }
        var bytes = [UInt8](repeating: 0, count: Int(end))
        var covered: UInt64 = 0
        for segment in group.segments where !segment.protection.contains(.write) {
            guard segment.offset <= covered, let content = imaged(segment) else { return absent }
            bytes.replaceSubrange(Int(segment.offset)..<Int(segment.fileEnd), with: content)
            covered = max(covered, segment.fileEnd)
        }
        let file = RootFile(path: name, inMemory: Array(bytes.prefix(Int(covered))))
        guard let elf = file.elf, elf.extent <= covered else { return absent }
        return .value((file, .imaged))
    }

    /// The bytes of an area, if all of them are in the images.
    private func imaged(_ segment: MemorySegment) -> [UInt8]? {
        var isImaged = true
        space.forEachStretch(in: segment.addresses) { stretch in
            if case .image = stretch.origin { return }
            isImaged = false
        }
        return isImaged ? space.bytes(in: segment.addresses).value : nil
    }

    // MARK: Where they are mapped

    private func bound(_ file: RootFile, _ verification: FileVerification, _ group: SegmentGroup) -> Known<ModuleFile> {
        guard let elf = file.elf else { return .missing(Absence(.damaged, "its file is not ELF")) }
        guard elf.type == 2 || elf.type == 3 else { return .missing(Absence(.damaged, "its file is no program")) }
        for segment in group.segments where segment.protection.contains(.execute) {
            for load in elf.loads where load.isExecutable {
                let page = load.offset & (0 &- space.pageSize)
                guard segment.offset >= page, segment.offset < page.addingOrMax(load.fileSize) else { continue }
                let linked = load.address &- load.offset &+ segment.offset
                let bias = segment.addresses.lowerBound &- linked
                return .value(ModuleFile(file: file, verification: verification, elf: elf, bias: bias))
            }
        }
        if case .debugFiles = file.source, let bias = symbolBias(elf, group) {
            return .value(ModuleFile(file: file, verification: verification, elf: elf, bias: bias))
        }
        return .missing(Absence(.damaged, "its file has no code where it is mapped"))
    }

    /// Files of symbols have no content, and no offsets to go by: their first code is what is mapped first.
    private func symbolBias(_ elf: ELFHeader, _ group: SegmentGroup) -> UInt64? {
        guard let load = elf.loads.first(where: \.isExecutable),
            let segment = group.segments.first(where: { $0.protection.contains(.execute) })
        else { return nil }
        return segment.addresses.lowerBound &- (load.address & (0 &- space.pageSize))
    }
}

extension MemorySegment {
    /// The offset in the file behind the last byte that the area maps.
    fileprivate var fileEnd: UInt64 { offset.addingOrMax(byteCount) }
}

extension UInt64 {
    /// The sum, or the largest number if it is beyond that.
    func addingOrMax(_ other: UInt64) -> UInt64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}
