public import CheckpointModel

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#endif

extension Content {
    /// Whether another content has the same bytes, holes read as zeros.
    ///
    /// - Complexity: Linear in the bytes that are held; nothing is copied.
    func verdict(_ other: Content) -> FactVerdict {
        guard size == other.size else { return .different }
        var offset: UInt64 = 0
        var result = FactVerdict.same
        while offset < size {
            let left = stretch(at: offset, before: size)
            let right = other.stretch(at: offset, before: left.offsets.upperBound)
            let next = right.offsets.upperBound
            let part = left.bytes?.map { $0[0..<Int(next - offset)] }
            switch Content.verdict(part, right.bytes) {
            case .same: break
            case .different: return .different
            case .unknown(let side, let absence): if result.isSame { result = .unknown(side, absence) }
            }
            offset = next
        }
        return result
    }

    private static func verdict(
        _ left: Known<MemoryStretch.Bytes>?, _ right: Known<MemoryStretch.Bytes>?
    ) -> FactVerdict {
        switch (left, right) {
        case (nil, nil): .same
        case (.missing(let absence), _): .unknown(.before, absence)
        case (_, .missing(let absence)): .unknown(.after, absence)
        case (.value(let bytes), nil), (nil, .value(let bytes)): bytes.areZeros ? .same : .different
        case (.value(let bytes), .value(let others)): bytes.areEqual(to: others) ? .same : .different
        }
    }
}

extension Content {
    /// The offset of the first byte at which another content has another byte, or none; nil if the bytes are alike, as far
    /// as both sides have them.
    ///
    /// - Complexity: Linear in the bytes before it.
    public func firstDifference(from other: Content) -> UInt64? {
        let end = min(size, other.size)
        var offset: UInt64 = 0
        while offset < end {
            let left = stretch(at: offset, before: min(end, offset + (1 << 20)))
            let right = other.stretch(at: offset, before: left.offsets.upperBound)
            let count = right.offsets.upperBound - offset
            let part = left.bytes?.map { $0[0..<Int(count)] }
            if case .different = Content.verdict(part, right.bytes) {
                return offset + Content.firstDifference(part?.value, right.bytes?.value, Int(count))
            }
            offset += count
        }
        return size == other.size ? nil : end
    }

    /// - Precondition: The bytes differ; those of a hole are zeros.
    private static func firstDifference(
        _ left: MemoryStretch.Bytes?, _ right: MemoryStretch.Bytes?, _ count: Int
    ) -> UInt64 {
        let zeros = [UInt8](repeating: 0, count: left == nil || right == nil ? count : 0)
        func first(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> UInt64 {
            UInt64((0..<min(left.count, right.count)).first { left[$0] != right[$0] } ?? 0)
        }
        return zeros.withUnsafeBytes { zeros in
            switch (left, right) {
            case (let left?, let right?): left.withUnsafeBytes { old in right.withUnsafeBytes { first(old, $0) } }
            case (let bytes?, nil), (nil, let bytes?): bytes.withUnsafeBytes { first($0, zeros) }
            case (nil, nil): 0
            }
        }
    }
}

extension MemoryStretch.Bytes {
    /// Whether the bytes are those of another stretch of the same length.
    fileprivate func areEqual(to other: MemoryStretch.Bytes) -> Bool {
        allPieces { piece, part in
            other.withUnsafeBytes { others in
                let other = UnsafeRawBufferPointer(rebasing: others[part])
                guard let left = piece.baseAddress, let right = other.baseAddress else { return true }
                return memcmp(left, right, piece.count) == 0
            }
        }
    }

    /// Whether all bytes are zero.
    fileprivate var areZeros: Bool { allPieces { piece, _ in isZero(piece) } }

    /// Whether something holds for all bytes, a few MiB at a time, which are given back.
    private func allPieces(_ body: (UnsafeRawBufferPointer, Range<Int>) -> Bool) -> Bool {
        let step = 4 << 20
        for start in stride(from: 0, to: count, by: step) {
            let part = start..<min(start + step, count)
            let holds = withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[part]), part) }
            if count > 2 * step { release(part) }
            if !holds { return false }
        }
        return true
    }
}
