internal import CheckpointModel
internal import EvidenceText

/// The modules of a process, by address.
struct ModuleMap: Sendable {
    /// The modules, by ascending address. They do not overlap.
    let modules: [MappedModule]

    init(_ space: AddressSpace, _ memory: ProcessMemory, _ files: RootFiles, _ debugFiles: DebugFiles) {
        let finder = ModuleFinder(space: space, memory: memory, files: files, debugFiles: debugFiles)
        var modules: [MappedModule] = []
        for group in SegmentGroup.groups(space.segments) where group.isExecutable {
            let module = finder.module(group)
            // Areas of hostile images can lie in each other.
            if let last = modules.last, module.addresses.lowerBound < last.addresses.upperBound { continue }
            modules.append(module)
        }
        self.modules = modules
    }

    /// The place of the module that has an address; nil if none has. Logarithmic in the number of modules.
    func index(at address: UInt64) -> Int? {
        var low = 0
        var high = modules.count
        while low < high {
            let middle = (low + high) / 2
            if modules[middle].addresses.upperBound > address { high = middle } else { low = middle + 1 }
        }
        return low < modules.count && modules[low].addresses.contains(address) ? low : nil
    }
}

/// Areas that follow each other and map one file, as the loader of programs makes them.
struct SegmentGroup {
    private(set) var segments: [MemorySegment]

    var isExecutable: Bool { segments.contains { $0.protection.contains(.execute) } }

    var addresses: Range<UInt64> {
        let end = segments.map(\.addresses.upperBound).max() ?? segments[0].addresses.upperBound
        return segments[0].addresses.lowerBound..<end
    }

    /// The groups of areas that map files, and the kernel's shared object; by ascending address.
    static func groups(_ segments: [MemorySegment]) -> [SegmentGroup] {
        var groups: [SegmentGroup] = []
        for segment in segments where !segment.addresses.isEmpty {
            if segment.status.contains(.vdso) {
                groups.append(SegmentGroup(segments: [segment]))
            } else if let file = segment.file.value {
                let last = groups.last?.segments.last
                if let last, last.file.value?.reference == file.reference, segment.offset >= last.offset {
                    groups[groups.count - 1].segments.append(segment)
                } else {
                    groups.append(SegmentGroup(segments: [segment]))
                }
            }
        }
        return groups
    }
}
