internal import CRIUImages

extension UserX86FpregsEntry {
    /// The floating point and vector registers; those sets that the processor lacks are left out.
    var groups: [RegisterGroup] {
        let xmm = wide("xmm", words(xmmSpace), by: 2)
        var groups = [RegisterGroup("x87", x87), RegisterGroup("sse", xmm + sseControl)]
        guard let xsave else { return groups }
        let ymm = joined("ymm", [words(xmmSpace), words(xsave.ymmhSpace)], halves: [2, 2])
        let zmm = joined("zmm", [words(xmmSpace), words(xsave.ymmhSpace), xsave.zmmUpper], halves: [2, 2, 4])
        if !xsave.ymmhSpace.isEmpty { groups.append(RegisterGroup("avx", ymm)) }
        if !xsave.zmmUpper.isEmpty || !xsave.hi16Zmm.isEmpty {
            groups.append(RegisterGroup("avx512", zmm + wide("zmm", xsave.hi16Zmm, by: 8, from: 16)))
        }
        groups.append(RegisterGroup("xsave", xsave.others))
        return groups
    }

    private var x87: [Register] {
        [
            Register("fcw", UInt64(cwd), bits: 16), Register("fsw", UInt64(swd), bits: 16),
            Register("ftw", UInt64(twd), bits: 8), Register("fop", UInt64(fop), bits: 16), Register("fip", rip),
            Register("fdp", rdp),
        ]
            // Of the 16 bytes of each, ten count.
            + wide("st", words(stSpace), by: 2).map { Register($0.name, words: $0.words, bits: 80) }
    }

    private var sseControl: [Register] {
        let unused = wide("unused", words(padding), by: 2).filter { $0.words != [0, 0] }
        return [Register("mxcsr", UInt64(mxcsr), bits: 32), Register("mxcsr_mask", UInt64(mxcsrMask), bits: 32)]
            + unused
    }

    private func words(_ halves: [UInt32]) -> [UInt64] {
        stride(from: 0, to: halves.count, by: 2).map { index in
            let high = index + 1 < halves.count ? UInt64(halves[index + 1]) << 32 : 0
            return high | UInt64(halves[index])
        }
    }

    /// Registers of several words each, the least significant first.
    private func wide(_ prefix: String, _ words: [UInt64], by count: Int, from first: Int = 0) -> [Register] {
        stride(from: 0, to: words.count, by: count).map { index in
            Register(
                "\(prefix)\(first + index / count)", words: Array(words[index..<min(index + count, words.count)]),
                bits: count * 64)
        }
    }

    /// Registers whose parts are in several lists, the lower parts in the first; what a list lacks is 0.
    private func joined(_ prefix: String, _ lists: [[UInt64]], halves: [Int]) -> [Register] {
        let count = zip(lists, halves).map { ($0.count + $1 - 1) / $1 }.max() ?? 0
        return (0..<count).map { number in
            let parts = zip(lists, halves).map { list, size in
                (number * size..<(number + 1) * size).map { $0 < list.count ? list[$0] : 0 }
            }
            return Register("\(prefix)\(number)", words: parts.flatMap { $0 }, bits: halves.reduce(0, +) * 64)
        }
    }
}

extension UserX86XsaveEntry {
    /// Masks, bounds, protection keys and shadow stack.
    fileprivate var others: [Register] {
        var registers = [Register("xstate_bv", xstateBv)] + numberedRegisters("k", opmaskReg)
        // Each of the bounds is a lower and an upper one.
        registers += numberedPairs("bnd", bndregState)
        registers += zip(["bndcfgu", "bndstatus"], bndcsrState).map { Register($0, $1) }
        registers += numberedRegisters("pkru", pkru.map(UInt64.init), bits: 32).map { register in
            register.name == "pkru0" ? Register("pkru", register.value, bits: 32) : register
        }
        if let cet { registers += [Register("u_cet", cet.cet), Register("ssp", cet.ssp)] }
        return registers
    }
}
