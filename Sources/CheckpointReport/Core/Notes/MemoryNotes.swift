internal import CheckpointModel
internal import EvidenceText

extension ProcessMemory {
    /// NT_AUXV; nil if the image has no auxiliary vector.
    func auxiliaryNote(_ target: ELFTarget) -> ELFNote? {
        guard !auxiliaryVector.isEmpty else { return nil }
        return ELFNote(.core, 6, target) { out in
            for entry in auxiliaryVector {
                out.word(entry.key)
                out.word(entry.value)
            }
            guard auxiliaryVector.last?.key != 0 else { return }
            out.zeros(2 * target.wordSize)
        }
    }

    /// NT_FILE: the areas that map files, with the name of each; nil if none does.
    ///
    /// The kernel counts shared memory among the files. A file whose name is not known is left out.
    func filesNote(_ target: ELFTarget) -> ELFNote? {
        let mapped = segments.filter { $0.mapsNamedFile && target.holds($0.addresses) }
        guard !mapped.isEmpty else { return nil }
        return ELFNote(.core, 0x4649_4C45, target) { out in
            out.word(UInt64(mapped.count))
            out.word(pageSize)
            for segment in mapped {
                out.word(segment.addresses.lowerBound)
                out.word(segment.addresses.upperBound)
                out.word(segment.offset / pageSize)
            }
            for segment in mapped {
                out.append(segment.name.upToNUL.bytes)
                out.u8(0)
            }
        }
    }
}

extension MemorySegment {
    fileprivate var mapsNamedFile: Bool {
        if status.contains(.guardRegion) { return false }
        if status.mapsFile { return file.value?.target.value != nil }
        return sharesObject || !status.isDisjoint(with: [.anonymousShared, .sysvIPC, .aioRing])
    }
}
