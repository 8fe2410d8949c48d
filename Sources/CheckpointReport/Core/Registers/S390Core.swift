internal import CheckpointModel

/// A 64-bit task on s390x.
struct S390Core: CoreMachine {
    let target = ELFTarget(machine: 22, isBigEndian: true)

    func general(_ registers: RegisterValues) -> [UInt8] {
        block { out in
            out.words(registers, ["psw_mask", "psw_addr"] + numbered("r", 0..<16))
            for name in numbered("a", 0..<16) { out.u32(UInt32(truncatingIfNeeded: registers[name])) }
            out.words(registers, ["orig_r2"])
        }
    }

    func others(_ registers: RegisterValues) -> [ELFNote] {
        var notes = [
            ELFNote(.core, RegisterNote.floatingPoint, target) {
                $0.u32(UInt32(truncatingIfNeeded: registers["fpc"]))
                $0.zeros(4)
                $0.longs(registers, numbered("f", 0..<16))
            },
            ELFNote(.linux, RegisterNote.s390SystemCall, target) {
                $0.u32(UInt32(truncatingIfNeeded: registers["system_call"]))
            },
        ]
        if registers.has("v0") {
            // The upper halves are the floating point registers.
            notes.append(
                ELFNote(.linux, RegisterNote.s390VectorsLow, target) { $0.longs(registers, numbered("v", 0..<16)) })
        }
        if registers.has("v16") {
            notes.append(
                ELFNote(.linux, RegisterNote.s390VectorsHigh, target) { $0.quads(registers, numbered("v", 16..<32)) })
        }
        return notes + control(registers)
    }

    private func control(_ registers: RegisterValues) -> [ELFNote] {
        let blocks: [(String, Int, UInt32)] = [
            ("guarded-storage", 4, RegisterNote.s390GuardedStorage),
            ("guarded-storage-broadcast", 4, RegisterNote.s390GuardedStorageBroadcast),
            ("runtime-instrumentation", 8, RegisterNote.s390RuntimeInstrumentation),
        ]
        return blocks.compactMap { name, count, type in
            guard let group = registers.set.groups.first(where: { $0.name == name }) else { return nil }
            let words = group.registers.filter { $0.name != "ri_on" }.prefix(count).map(\.value)
            return ELFNote(.linux, type, target) { out in
                for word in words { out.u64(word) }
                out.zeros(count * 8 - out.count)
            }
        }
    }
}
