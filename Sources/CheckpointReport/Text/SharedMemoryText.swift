public import CheckpointModel
public import EvidenceText

/// Prints the memory that several processes can map as one object.
public struct SharedMemoryText {
    /// Prints a table of objects with who maps them; nothing if there are none.
    ///
    /// - Parameters:
    ///   - objects: The objects.
    ///   - out: Where the text goes.
    ///   - style: How it is laid out.
    public static func write(_ objects: [SharedMemoryObject], to out: OutputBuffer, _ style: TextStyle) {
        guard !objects.isEmpty else { return }
        var table = Table([
            .init(title: "ID", isRightAligned: true), .init(title: "KIND"), .init(title: "SIZE", isRightAligned: true),
            .init(title: "HELD", isRightAligned: true), .init(title: "NAME", mayBeCut: true), .init(title: "MAPPED BY"),
        ])
        for object in objects {
            table.add([
                Table.Cell(String(object.id)), Table.Cell(object.kind.rawValue),
                Table.Cell(object.size.value.map(byteText) ?? "?"), Table.Cell(heldText(object)),
                Table.Cell(object.name.forTerminal, .name), Table.Cell(mapperText(object)),
            ])
        }
        out.append("\n")
        out.append(string: style.paint("shared memory", .heading) + "\n")
        table.write(to: out, style)
    }

    private static func heldText(_ object: SharedMemoryObject) -> String {
        guard let content = object.content.value else { return "?" }
        // What is missing of the content is not held, wherever it should be.
        guard let pages = object.pages.value, let size = object.pageSize.value else { return byteText(content.size) }
        return byteText(pages.heldBytes(pageSize: size, hasParents: content.absence?.reason != .noImage))
    }

    private static func mapperText(_ object: SharedMemoryObject) -> String {
        var counts: [(pid: Int, areas: Int)] = []
        for mapping in object.mappings {
            if counts.last?.pid == mapping.pid {
                counts[counts.count - 1].areas += 1
            } else {
                counts.append((mapping.pid, 1))
            }
        }
        let texts = counts.map { $0.areas == 1 ? "\($0.pid)" : "\($0.pid) (\($0.areas) areas)" }
        return texts.isEmpty ? "nobody" : texts.joined(separator: ", ")
    }
}
