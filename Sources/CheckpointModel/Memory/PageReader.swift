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
        var end = end
        for level in levels {
            guard let run = level.run(at: address) else { return .missing(absentPage(address, level)) }
            // A parent's run can go on where this snapshot has newer pages.
            end = min(end, run.end(level.pageSize))
            switch run.location {
            case .parent: continue
            case .image(let offset): return read(level, run, offset, from: address, to: end)
            case .lazy:
                return .missing(Absence(.pagesLazy, "the page at \(hexadecimal(address)) was left to be fetched later"))
            case .lost: return .missing(lostPage(address, level))
            case .compressed:
                return .missing(Absence(.unsupported, "the page at \(hexadecimal(address)) is compressed"))
            }
        }
        return .missing(
            missingLevel
                ?? Absence(.noImage, "the page at \(hexadecimal(address)) is in a parent snapshot that is not there"))
    }

    private func lostPage(_ address: UInt64, _ level: PageMap) -> Absence {
        level.pages.absence ?? Absence(.damaged, "\(level.pagesName) does not hold the page at \(hexadecimal(address))")
    }

    private func absentPage(_ address: UInt64, _ level: PageMap) -> Absence {
        level.damage ?? Absence(.pagesAbsent, "the page at \(hexadecimal(address)) is not in the images")
    }

    private func read(_ level: PageMap, _ run: PageRun, _ offset: UInt64, from address: UInt64, to end: UInt64)
        -> Known<[UInt8]>
    {
        level.pages.flatMap { pages in
            let start = offset.addingCapped(address - run.address)
            let count = end - address
            guard start.addingCapped(count) <= UInt64(pages.count) else {
                return .missing(Absence(.damaged, "\(level.pagesName) ends before the page at \(hexadecimal(address))"))
            }
            return .value(pages.copy(Int(start)..<Int(start + count)))
        }
    }
}

/// An address as a person reads it.
func hexadecimal(_ value: UInt64) -> String {
    "0x" + String(value, radix: 16)
}
