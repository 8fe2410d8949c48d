import CheckpointModel
public import EvidenceText

/// Prints memory areas as /proc/PID/maps does, with how much of each the dump has in place of device and inode, which
/// the images do not know.
public struct MapsText {
    /// Prints the areas of processes.
    ///
    /// - Parameters:
    ///   - reports: The processes.
    ///   - showsDetails: Whether counts of pages, flags and advice of each area follow its row, as in smaps.
    ///   - out: Where the text goes.
    ///   - style: How it is laid out.
    public static func write(
        _ reports: [ProcessReport], showsDetails: Bool = false, to out: OutputBuffer, _ style: TextStyle
    ) {
        for (index, report) in reports.enumerated() {
            if index > 0 { out.append("\n") }
            writeHeading(report, to: out, style)
            switch report.memory {
            case .missing(let absence): writeAbsence(absence, to: out, style)
            case .value(let memory): table(memory, showsDetails, report.checkpoint.architecture).write(to: out, style)
            }
        }
    }

    private static func table(_ memory: ProcessMemory, _ showsDetails: Bool, _ architecture: Architecture?) -> Table {
        var table = Table([
            .init(title: "ADDRESSES"), .init(title: "PERM"), .init(title: "OFFSET"),
            .init(title: "DUMPED", isRightAligned: true), .init(title: "NAME"),
        ])
        for segment in memory.segments {
            table.add([
                Table.Cell(segment.rangeText), Table.Cell(segment.permissions), Table.Cell(padded(segment.offset, 8)),
                Table.Cell(dumpedText(segment, memory)),
                Table.Cell(segment.name.forTerminal, .name),
            ])
            if showsDetails {
                table.add(notes: SegmentNotes(memory: memory, architecture: architecture).lines(segment))
            }
        }
        return table
    }
}

/// How much of an area the images hold; `?` if its page map cannot be read. Of shared memory, what they hold of the object
/// in place of the area.
private func dumpedText(_ segment: MemorySegment, _ memory: ProcessMemory) -> String {
    guard memory.pageRuns.value != nil else { return "?" }
    let own = memory.dumpedBytes(segment.pages)
    guard let shared = segment.sharedMemory, own == 0 || segment.isShared else {
        return own == 0 ? "-" : byteText(own)
    }
    guard let pages = shared.pages.value else { return "shared ?" }
    let held = pages.heldBytes(pageSize: memory.pageSize, hasParents: shared.parentAbsence == nil)
    return held == 0 ? "shared -" : "shared " + byteText(held)
}

extension MemorySegment {
    /// The addresses as /proc/PID/maps has them.
    var rangeText: String { padded(addresses.lowerBound, 8) + "-" + padded(addresses.upperBound, 8) }

    /// The access rights and the kind of mapping as /proc/PID/maps has them: `rw-p`.
    var permissions: String {
        (protection.contains(.read) ? "r" : "-") + (protection.contains(.write) ? "w" : "-")
            + (protection.contains(.execute) ? "x" : "-") + (isShared ? "s" : "p")
    }
}

/// A number in hexadecimal, filled with zeros.
func padded(_ value: UInt64, _ width: Int) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: max(width - digits.count, 0)) + digits
}

/// Prints which process the lines below are about.
func writeHeading(_ report: ProcessReport, to out: OutputBuffer, _ style: TextStyle) {
    writeHeading(report.process, to: out, style)
}

/// Prints why there is nothing to print.
func writeAbsence(_ absence: Absence, to out: OutputBuffer, _ style: TextStyle) {
    out.append(string: style.paint("none: " + ByteText(absence.detail).forTerminal, .faint))
    out.append("\n")
}
