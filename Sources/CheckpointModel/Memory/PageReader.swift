internal import CRIUImages

/// Reads pages of one address space, through the stack of snapshots.
struct PageReader: Sendable {
    /// The page maps, this dump's first, then its parents'.
    let levels: [PageMap]
    /// Why the stack of snapshots ends early; nil if it does not.
    let missingLevel: Absence?

    /// How much is read at once: more than any command line or environment that Linux allows.
    static let limit: UInt64 = 64 << 20

    /// The bytes of an address range.
    func bytes(at addresses: Range<UInt64>) -> Known<[UInt8]> {
        let count = addresses.upperBound - addresses.lowerBound
        guard count <= PageReader.limit else {
            return .missing(Absence(.unsupported, "a range of \(count) bytes is not plausible"))
        }
        var result: [UInt8] = []
        var address = addresses.lowerBound
        while address < addresses.upperBound {
            switch piece(from: address, to: addresses.upperBound) {
            case .value(let bytes):
                result += bytes
                address += UInt64(bytes.count)
            case .missing(let absence): return .missing(absence)
            }
        }
        return .value(result)
    }

    /// The bytes from an address to the end of the range, or to where another snapshot may have them.
    private func piece(from address: UInt64, to end: UInt64) -> Known<[UInt8]> {
        switch stretch(at: address, before: end).place {
        case .image(_, _, _, let bytes): .value(bytes.copy(0..<bytes.count))
        case .unlisted:
            .missing(Absence(.pagesAbsent, "the page at \(hexadecimal(address)) is not in the images"))
        case .missing(let absence): .missing(absence)
        }
    }
}

/// An address as a person reads it.
func hexadecimal(_ value: UInt64) -> String {
    "0x" + String(value, radix: 16)
}
