internal import CElfutils
internal import CheckpointModel
internal import EvidenceText

/// What symbols and debug information say of an address.
struct CodePlace {
    /// The symbol of the function, not demangled; nil if no symbol table has it.
    var symbol: ByteText?
    /// The name in the debug information, not demangled; nil if there is none.
    var debugName: ByteText?
    /// How far in the function the address is.
    var offset: UInt64 = 0
    /// The line of the source.
    var line: SourceLine?
    /// The calls that the compiler put in place of, the innermost first, each with its name and line.
    var inlined: [InlinedCall] = []
}

/// A unit of debug information, by where it is.
struct DebugUnit: Hashable {
    let module: OpaquePointer
    let offset: Dwarf_Off
}

extension DwarfSession {
    /// How many inlined calls are looked at.
    private static let inlinedLimit = 64
    /// How deep entries may be nested: blocks and inlined calls of real programs reach a few tens.
    private static let depthLimit = 500

    /// What is known of an address.
    ///
    /// - Parameters:
    ///   - address: The address.
    ///   - module: The place of the module that has it.
    func place(_ address: UInt64, module: Int) -> CodePlace {
        var place = CodePlace()
        guard let handle = handles[module] else { return place }
        var symbol = GElf_Sym()
        var offset: GElf_Off = 0
        if let name = dwfl_module_addrinfo(handle, address, &offset, &symbol, nil, nil, nil) {
            place.symbol = text(name)
            place.offset = offset
        }
        var bias: Dwarf_Addr = 0
        guard let unit = dwfl_module_addrdie(handle, address, &bias), isComplete(unit, handle) else { return place }
        place.line = line(handle, address)
        addFunctions(unit, address &- bias, bias, to: &place)
        return place
    }

    /// Units that have their better part in another file would make the library look for it on this machine.
    private func isComplete(_ unit: UnsafeMutablePointer<Dwarf_Die>, _ handle: OpaquePointer) -> Bool {
        guard dwarf_hasattr(unit, UInt32(DW_AT_dwo_name)) == 0, dwarf_hasattr(unit, UInt32(DW_AT_GNU_dwo_name)) == 0
        else { return false }
        var bias: Dwarf_Addr = 0
        var name: UnsafePointer<CChar>?
        var buildID: UnsafeRawPointer?
        guard let dwarf = dwfl_module_getdwarf(handle, &bias) else { return false }
        return dwelf_dwarf_gnu_debugaltlink(dwarf, &name, &buildID) <= 0 && isShallow(unit, handle)
    }

    /// The library follows nested entries by recursion: units whose entries are nested deeper than those of any compiler
    /// are left alone, so that they do not exhaust the stack.
    private func isShallow(_ unit: UnsafeMutablePointer<Dwarf_Die>, _ handle: OpaquePointer) -> Bool {
        let key = DebugUnit(module: handle, offset: dwarf_dieoffset(unit))
        if let known = shallowUnits[key] { return known }
        let isShallow = depth(of: unit.pointee) <= DwarfSession.depthLimit
        shallowUnits[key] = isShallow
        return isShallow
    }

    /// How deep the entries of a unit are nested, as far as it matters.
    private func depth(of unit: Dwarf_Die) -> Int {
        var deepest = 0
        var left: [(entry: Dwarf_Die, depth: Int)] = [(unit, 0)]
        while let (current, depth) = left.popLast(), depth <= DwarfSession.depthLimit {
            var entry = current
            deepest = max(deepest, depth)
            var next = Dwarf_Die()
            if depth > 0, dwarf_siblingof(&entry, &next) == 0 { left.append((next, depth)) }
            if dwarf_child(&entry, &next) == 0 {
                deepest = max(deepest, depth + 1)
                left.append((next, depth + 1))
            }
        }
        return deepest
    }

    private func line(_ handle: OpaquePointer, _ address: UInt64) -> SourceLine? {
        guard let line = dwfl_module_getsrc(handle, address) else { return nil }
        var number: Int32 = 0
        guard let file = dwfl_lineinfo(line, nil, &number, nil, nil, nil) else { return nil }
        return SourceLine(file: text(file), number: Int(number))
    }

    /// Finds the function and the calls that were inlined at an address.
    private func addFunctions(
        _ unit: UnsafeMutablePointer<Dwarf_Die>, _ address: Dwarf_Addr, _ bias: Dwarf_Addr, to place: inout CodePlace
    ) {
        var scopes: UnsafeMutablePointer<Dwarf_Die>?
        guard dwarf_getscopes(unit, address, &scopes) > 0, let scopes else { return }
        defer { free(scopes) }
        // The scopes of an inlined function are those of where it was written; the chain of calls is that of its entry.
        var chain: UnsafeMutablePointer<Dwarf_Die>?
        let count = dwarf_getscopes_die(scopes, &chain)
        guard count > 0, let chain else { return }
        defer { free(chain) }
        for index in 0..<min(Int(count), 256) {
            let entry = chain + index
            switch dwarf_tag(entry) {
            case Int32(DW_TAG_inlined_subroutine):
                guard place.inlined.count < DwarfSession.inlinedLimit else { continue }
                place.inlined.append(InlinedCall(name: name(entry) ?? "?", line: place.line))
                place.line = call(entry, unit)
            case Int32(DW_TAG_subprogram):
                place.debugName = name(entry)
                var start: Dwarf_Addr = 0
                if place.symbol == nil, dwarf_entrypc(entry, &start) == 0 { place.offset = address &- start }
                return
            default: continue
            }
        }
    }

    /// Where an inlined function was called.
    private func call(
        _ entry: UnsafeMutablePointer<Dwarf_Die>, _ unit: UnsafeMutablePointer<Dwarf_Die>
    ) -> SourceLine? {
        guard let file = number(entry, DW_AT_call_file), let line = number(entry, DW_AT_call_line) else { return nil }
        var files: OpaquePointer?
        var count = 0
        guard dwarf_getsrcfiles(unit, &files, &count) == 0, let files, file < UInt64(count),
            let name = dwarf_filesrc(files, Int(file), nil, nil)
        else { return nil }
        return SourceLine(file: text(name), number: Int(clamping: line))
    }

    private func number(_ entry: UnsafeMutablePointer<Dwarf_Die>, _ attribute: Int) -> UInt64? {
        var memory = Dwarf_Attribute()
        var value: Dwarf_Word = 0
        guard dwarf_attr(entry, UInt32(attribute), &memory) != nil, dwarf_formudata(&memory, &value) == 0 else {
            return nil
        }
        return value
    }

    /// The name that a linker knows, or else the one in the source.
    private func name(_ entry: UnsafeMutablePointer<Dwarf_Die>) -> ByteText? {
        var memory = Dwarf_Attribute()
        for attribute in [DW_AT_linkage_name, DW_AT_MIPS_linkage_name, DW_AT_name] {
            if dwarf_attr_integrate(entry, UInt32(attribute), &memory) != nil, let name = dwarf_formstring(&memory) {
                return text(name)
            }
        }
        return nil
    }

    /// Names in a hostile file can be as long as the file.
    private func text(_ name: UnsafePointer<CChar>) -> ByteText {
        let count = strnlen(name, 4096)
        return ByteText(
            name.withMemoryRebound(to: UInt8.self, capacity: count) {
                Array(UnsafeBufferPointer(start: $0, count: count))
            })
    }
}
