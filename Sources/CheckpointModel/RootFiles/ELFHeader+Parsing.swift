internal import CRIUImages

extension ELFHeader {
    /// How many headers are looked at, and how many bytes of notes: real files have a few tens, and a few hundred.
    private static let headerLimit = 1024
    private static let noteLimit: UInt64 = 1 << 16

    /// Reads the headers of a file.
    ///
    /// - Returns: The headers; nil if the file is not ELF, or if its headers lead out of it.
    init?(parsing bytes: ImageBytes) {
        let identification = bytes.copy(0..<min(bytes.count, 16))
        guard identification.count == 16, identification.starts(with: [0x7F, 0x45, 0x4C, 0x46]),
            (1...2).contains(identification[4]), (1...2).contains(identification[5])
        else { return nil }
        let fields = ELFFields(
            bytes: bytes, is64Bit: identification[4] == 2, isBigEndian: identification[5] == 2)
        guard let type = fields.half(16), let machine = fields.half(18), let segments = fields.segments,
            let sections = fields.sections
        else { return nil }
        is64Bit = fields.is64Bit
        isBigEndian = fields.isBigEndian
        self.type = UInt16(truncatingIfNeeded: type)
        self.machine = UInt16(truncatingIfNeeded: machine)
        loads = segments.filter { $0.type == 1 }.map(\.load)
        let notes = segments.filter { $0.type == 4 }.map { ($0.load.offset, $0.load.fileSize) } + sections.notes
        buildID = notes.lazy.compactMap { fields.buildID(at: $0.0, count: $0.1) }.first ?? []
        extent = max(sections.end, segments.map { $0.load.offset.addingCapped($0.load.fileSize) }.max() ?? 0)
    }

    /// Reads fields by their offsets.
    private struct ELFFields {
        let bytes: ImageBytes
        let is64Bit: Bool
        let isBigEndian: Bool

        func number(_ offset: UInt64, _ count: Int) -> UInt64? {
            guard let start = Int(exactly: offset), start <= bytes.count - count else { return nil }
            let part = bytes.copy(start..<(start + count))
            return (isBigEndian ? part : part.reversed()).reduce(0) { $0 << 8 | UInt64($1) }
        }

        func half(_ offset: UInt64) -> UInt64? { number(offset, 2) }
        func word(_ offset: UInt64) -> UInt64? { number(offset, 4) }
        /// An address, offset or size, which is as wide as the file is.
        func wide(_ offset64: UInt64, _ offset32: UInt64, from start: UInt64) -> UInt64? {
            is64Bit ? number(start.addingCapped(offset64), 8) : number(start.addingCapped(offset32), 4)
        }

        // MARK: Program headers

        struct Segment {
            let type: UInt64
            let load: Load
        }

        var segments: [Segment]? {
            guard let table = wide(32, 28, from: 0), let size = half(is64Bit ? 54 : 42),
                let count = half(is64Bit ? 56 : 44), count <= UInt64(ELFHeader.headerLimit)
            else { return nil }
            var segments: [Segment] = []
            for index in 0..<count {
                guard let segment = segment(at: table.addingCapped(index * size)) else { return nil }
                segments.append(segment)
            }
            return segments
        }

        private func segment(at start: UInt64) -> Segment? {
            guard let type = word(start), let flags = word(start.addingCapped(is64Bit ? 4 : 24)),
                let offset = wide(8, 4, from: start), let address = wide(16, 8, from: start),
                let fileSize = wide(32, 16, from: start), let memorySize = wide(40, 20, from: start),
                let alignment = wide(48, 28, from: start)
            else { return nil }
            let load = Load(
                offset: offset, address: address, fileSize: fileSize, memorySize: memorySize, alignment: alignment,
                isExecutable: flags & 1 != 0)
            return Segment(type: type, load: load)
        }

        // MARK: Section headers

        struct Sections {
            var notes: [(UInt64, UInt64)] = []
            var end: UInt64 = 0
        }

        /// Files of debug symbols have their notes where the section headers say, and not where the program headers do.
        var sections: Sections? {
            guard let table = wide(40, 32, from: 0), let size = half(is64Bit ? 58 : 46),
                let count = half(is64Bit ? 60 : 48)
            else { return nil }
            var sections = Sections()
            guard table != 0 else { return sections }
            sections.end = table.addingCapped(count * size)
            for index in 0..<min(count, UInt64(ELFHeader.headerLimit)) {
                let start = table.addingCapped(index * size)
                guard let type = word(start.addingCapped(4)), let offset = wide(24, 16, from: start),
                    let length = wide(32, 20, from: start)
                else { return sections }
                if type == 7 { sections.notes.append((offset, length)) }
            }
            return sections
        }

        // MARK: Notes

        func buildID(at offset: UInt64, count: UInt64) -> [UInt8]? {
            let end = offset.addingCapped(min(count, ELFHeader.noteLimit))
            var place = offset
            while place.addingCapped(12) <= end {
                guard let nameSize = word(place), let size = word(place.addingCapped(4)),
                    let type = word(place.addingCapped(8))
                else { return nil }
                let name = place.addingCapped(12)
                let content = name.addingCapped(padded(nameSize))
                if type == 3, nameSize == 4, word(name) == (isBigEndian ? 0x474E_5500 : 0x0055_4E47) {
                    guard (1...64).contains(size), let start = Int(exactly: content), start <= bytes.count - Int(size)
                    else { return nil }
                    return bytes.copy(start..<(start + Int(size)))
                }
                place = content.addingCapped(padded(size))
            }
            return nil
        }

        private func padded(_ size: UInt64) -> UInt64 { (size + 3) & ~3 }
    }
}
