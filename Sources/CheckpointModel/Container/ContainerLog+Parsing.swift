internal import CRIUImages
internal import EvidenceText

extension ContainerLog {
    /// The log, by the names that engines give it, or why there is none.
    ///
    /// - Parameter container: Docker names it by the container's id.
    static func load(_ library: ImageLibrary, _ container: Known<Container>) -> Known<ContainerLog> {
        var names = ["ctr.log", "container.log", "io.kubernetes.cri-o.LogPath"]
        if let id = container.value?.id.value?.string { names.append(id + "-json.log") }
        return library.firstFile(names).map { name, bytes in
            ContainerLog(
                format: Format(bytes), lineCount: TextLines(bytes).count, content: Content(bytes),
                origin: Origin(name), bytes: bytes)
        }
    }
}

extension ContainerLog.Format {
    /// Tells the form by the first line.
    fileprivate init(_ bytes: ImageBytes) {
        self = .raw
        let head = bytes[0..<min(bytes.count, 1 << 16)]
        TextLines(head).forEach { number, line in
            guard number == 1 else { return }
            if ContainerLog.Format.kubernetesLine(1, line) != nil { self = .kubernetes }
            if ContainerLog.Format.jsonLine(1, line) != nil { self = .json }
        }
    }

    /// A line; one that is not in the form of the log is given as it is.
    func line(_ number: Int, _ line: UnsafeRawBufferPointer) -> ContainerLog.Line {
        let parsed: ContainerLog.Line? =
            switch self {
            case .kubernetes: ContainerLog.Format.kubernetesLine(number, line)
            case .json: ContainerLog.Format.jsonLine(number, line)
            case .raw: nil
            }
        return parsed
            ?? ContainerLog.Line(number: number, time: nil, stream: nil, isPartial: false, text: ByteText(Array(line)))
    }

    /// `2026-11-23T20:05:52.621432010+00:00 stdout F hello`; P in place of F if the line is a part.
    private static func kubernetesLine(_ number: Int, _ line: UnsafeRawBufferPointer) -> ContainerLog.Line? {
        let parts = line.split(separator: 0x20, maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 4, isTime(parts[0]),
            ["stdout", "stderr"].contains(where: { parts[1].elementsEqual($0.utf8) })
        else { return nil }
        // More marks can follow the first, with colons between them.
        let mark = parts[2].first
        guard mark == UInt8(ascii: "F") || mark == UInt8(ascii: "P") else { return nil }
        return ContainerLog.Line(
            number: number, time: ByteText(Array(parts[0])), stream: ByteText(Array(parts[1])),
            isPartial: mark == UInt8(ascii: "P"), text: ByteText(Array(parts[3])))
    }

    private static func isTime(_ text: Slice<UnsafeRawBufferPointer>) -> Bool {
        text.count >= 20 && text[text.startIndex + 4] == UInt8(ascii: "-")
            && text[text.startIndex + 10] == UInt8(ascii: "T")
    }

    private static func jsonLine(_ number: Int, _ line: UnsafeRawBufferPointer) -> ContainerLog.Line? {
        guard line.first == UInt8(ascii: "{"), line.count <= 1 << 20 else { return nil }
        var parser = MetadataParser(line)
        guard case .object(let members) = parser.document(), parser.damage == nil else { return nil }
        func text(_ key: ByteText) -> ByteText? {
            guard case .text(let text) = members.last(where: { $0.key == key })?.value else { return nil }
            return text
        }
        guard let log = text("log") else { return nil }
        let isWhole = log.bytes.last == UInt8(ascii: "\n")
        return ContainerLog.Line(
            number: number, time: text("time"), stream: text("stream"), isPartial: !isWhole,
            text: isWhole ? ByteText(Array(log.bytes.dropLast())) : log)
    }
}
