public import CheckpointModel
public import EvidenceText

/// A range of a process's memory.
public struct MemoryRange: Sendable {
    /// The process's id.
    public let pid: Int
    /// The memory.
    public let space: AddressSpace
    /// The addresses.
    public let addresses: Range<UInt64>

    /// Names a range.
    public init(pid: Int, _ space: AddressSpace, _ addresses: Range<UInt64>) {
        (self.pid, self.space, self.addresses) = (pid, space, addresses)
    }

    /// The first stretch that is absent; nil if none is.
    public var firstAbsence: Absence? {
        var address = addresses.lowerBound
        while address < addresses.upperBound {
            let stretch = space.stretch(at: address, before: addresses.upperBound)
            if case .absent(let reason) = stretch.origin { return reason.absence(at: address) }
            address = stretch.addresses.upperBound
        }
        return nil
    }

    /// Writes the bytes as they are. What is absent is left out: see ``firstAbsence``.
    public func writeRaw(to out: OutputBuffer) {
        space.forEachStretch(in: addresses) { stretch in
            stretch.bytes?.forEachPart { _, part in out.append(bytes: part) }
        }
    }
}

/// Prints memory in hexadecimal, each stretch under a line that says where it comes from.
public struct MemoryReadText {
    /// Prints a range.
    ///
    /// - Parameters:
    ///   - range: The range.
    ///   - out: Where the text goes.
    ///   - style: How it is laid out.
    public static func write(_ range: MemoryRange, to out: OutputBuffer, _ style: TextStyle) {
        var dump = MemoryDump(to: out, end: range.addresses.upperBound)
        range.space.forEachStretch(in: range.addresses) { stretch in
            dump.finish()
            writeHeading(stretch, range.space, to: out, style)
            if let bytes = stretch.bytes {
                bytes.forEachPart { offset, part in dump.write(part, at: stretch.addresses.lowerBound + offset) }
            } else {
                dump.writeAbsent(stretch.addresses)
            }
        }
        dump.finish()
    }

    private static func writeHeading(
        _ stretch: MemoryStretch, _ space: AddressSpace, to out: OutputBuffer, _ style: TextStyle
    ) {
        var area = ""
        if let segment = space.segment(at: stretch.addresses.lowerBound) {
            let name = segment.name.isEmpty ? "anonymous" : segment.name.forTerminal
            area = "\(segment.permissions) \(name): "
        }
        out.append(
            string: style.paint(
                "# " + area + stretch.sourceText, stretch.bytes == nil || stretch.isHole ? .warning : .heading))
        out.append("\n")
    }
}

extension MemoryStretch.Bytes {
    /// Calls a function with parts of the bytes, in order; what was read is given back.
    ///
    /// - Parameters:
    ///   - size: How many bytes a part has at the most.
    ///   - body: Gets the offset of the part, and its bytes, which are valid only during the call.
    func forEachPart(of size: Int = 4 << 20, _ body: (UInt64, UnsafeRawBufferPointer) -> Void) {
        for start in stride(from: 0, to: count, by: size) {
            let part = start..<min(start + size, count)
            withUnsafeBytes { body(UInt64(start), UnsafeRawBufferPointer(rebasing: $0[part])) }
            if count > 4 << 20 { release(part) }
        }
    }
}
