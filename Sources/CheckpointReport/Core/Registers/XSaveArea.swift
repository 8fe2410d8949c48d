/// The registers of x86 as XSAVE lays them out, for NT_X86_XSTATE.
///
/// Where each part lies the processor decides, and images do not tell. This is the layout of Intel's processors, which
/// debuggers take for granted; they check it by the size, which must be exact: up to the end of the last part.
struct XSaveArea {
    let bytes: [UInt8]

    /// A part: its bits in XCR0, where it begins, and its size.
    private struct Part {
        let bits: UInt64
        let offset: Int
        let size: Int
        let isPresent: Bool
        let write: (inout ELFBytes) -> Void
    }

    /// What is always there: x87 and SSE.
    private static let legacy: UInt64 = 3

    /// Nil if the image has no such registers, because the processor has no XSAVE.
    init?(_ registers: RegisterValues, _ target: ELFTarget) {
        guard registers.has("xstate_bv") else { return nil }
        let parts = XSaveArea.parts(registers).filter(\.isPresent)
        let features = parts.reduce(XSaveArea.legacy) { $0 | $1.bits }
        var legacy = ELFBytes(target)
        legacy.fxsave(registers)
        // The kernel puts XCR0 where FXSAVE leaves room for software.
        var control = ELFBytes(target)
        control.u64(features)
        var out = ELFBytes(target)
        out.append(legacy.bytes[..<464])
        out.append(control.bytes)
        out.append(legacy.bytes[472...])
        // A bit of a part that has no place here would promise what is not there.
        out.u64(registers["xstate_bv"] & features)
        out.zeros(56)
        for part in parts {
            out.zeros(part.offset - out.count)
            part.write(&out)
            out.zeros(part.offset + part.size - out.count)
        }
        bytes = out.bytes
    }

    private static func parts(_ registers: RegisterValues) -> [Part] {
        [
            Part(bits: 1 << 2, offset: 576, size: 256, isPresent: registers.hasGroup("avx")) {
                $0.parts(registers, numbered("ymm", 0..<16), words: 2..<4)
            },
            Part(bits: 3 << 3, offset: 960, size: 128, isPresent: registers.has("bnd0")) {
                $0.quads(registers, numbered("bnd", 0..<4))
                $0.longs(registers, ["bndcfgu", "bndstatus"])
            },
            Part(bits: 1 << 5, offset: 1088, size: 64, isPresent: registers.has("k0")) {
                $0.longs(registers, numbered("k", 0..<8))
            },
            Part(bits: 1 << 6, offset: 1152, size: 512, isPresent: registers.hasGroup("avx512")) {
                $0.parts(registers, numbered("zmm", 0..<16), words: 4..<8)
            },
            Part(bits: 1 << 7, offset: 1664, size: 1024, isPresent: registers.hasGroup("avx512")) {
                $0.parts(registers, numbered("zmm", 16..<32), words: 0..<8)
            },
            Part(bits: 1 << 9, offset: 2688, size: 8, isPresent: registers.has("pkru")) {
                $0.longs(registers, ["pkru"])
            },
        ]
    }
}

extension ELFBytes {
    fileprivate mutating func parts(_ registers: RegisterValues, _ names: [String], words: Range<Int>) {
        for name in names {
            for word in registers.words(name, words) { u64(word) }
        }
    }
}
