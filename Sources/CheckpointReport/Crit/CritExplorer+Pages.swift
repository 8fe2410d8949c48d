import CheckpointModel
import EvidenceText

extension CritExplorer {
    /// Prints which areas the page runs of each process lie in. Linear in the number of runs and areas.
    public func residentPages() {
        for process in processes {
            pid(process)
            guard let memory = checkpoint.memory(of: process).value else { continue }
            var writer = ResidentPagesWriter(memory, out)
            let runs = memory.pageRuns.value ?? []
            var first = 0
            while first < runs.count {
                // An entry of the page map, whole again.
                let next = runs[(first + 1)...].firstIndex { !$0.isContinuation } ?? runs.count
                writer.write(runs[first].address, pageCount: runs[first..<next].reduce(0) { $0 &+ $1.pageCount })
                first = next
            }
        }
    }
}

/// Walks areas and page runs side by side.
private struct ResidentPagesWriter {
    private let areas: [MemorySegment]
    private let pageSize: UInt64
    private let out: OutputBuffer
    /// The area that the next run may lie in.
    private var next = 0
    /// The area that was printed last.
    private var printed = -1

    init(_ memory: ProcessMemory, _ out: OutputBuffer) {
        self.areas = memory.imageOrder
        self.pageSize = memory.pageSize
        self.out = out
    }

    mutating func write(_ address: UInt64, pageCount: UInt64) {
        out.append("\t")
        let digits = out.hexadecimal(address, width: 1)
        out.append(" / ")
        let count = padded(pageCount)
        out.append(spaces: 24 - 1 - digits - 3 - count)
        let (size, overflow) = pageCount.multipliedReportingOverflow(by: pageSize)
        let end = overflow ? UInt64.max : address &+ size
        while next < areas.count, areas[next].addresses.upperBound <= address { next += 1 }
        while next < areas.count, areas[next].addresses.lowerBound < end {
            writeArea()
            next += 1
        }
        // The last area may hold the next run as well.
        next = max(next - 1, 0)
        out.append("\n")
    }

    private mutating func writeArea() {
        let area = areas[next]
        if next == printed {
            out.append(" ~")
        } else {
            out.append(" ")
            out.append(hexadecimal: area.addresses.lowerBound, width: 8)
            out.append(" / ")
            _ = padded(area.byteCount / pageSize)
            if !area.status.isDisjoint(with: [.filePrivate, .fileShared]) {
                out.append(" ")
                out.append(area.critFileName, keeping: CritExplorer.kept)
            }
            printed = next
        }
        out.append("\n\t")
        out.append(spaces: 23)
    }

    /// Writes a number with spaces behind it to a width of 8, and returns the width.
    private func padded(_ value: UInt64) -> Int {
        let digits = String(value).utf8.count
        out.append(decimal: value)
        out.append(spaces: 8 - digits)
        return max(digits, 8)
    }
}
