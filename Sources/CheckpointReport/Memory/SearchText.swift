public import CheckpointAnalysis
import CheckpointModel
import EvidenceText

/// Prints hits of a search, a line each: the process, the address, the area, where in the images it is, and the bytes with
/// those around them, the match in brackets.
public struct SearchText: Sendable {
    private let style: TextStyle

    /// Prepares to print.
    ///
    /// - Parameter style: How it is laid out.
    public init(_ style: TextStyle) {
        self.style = style
    }

    /// The lines of some hits.
    public func lines(_ hits: [SearchHit]) -> [UInt8] {
        let out = OutputBuffer(capacity: hits.count * 160)
        for hit in hits { write(hit, to: out) }
        return out.collected
    }

    private func write(_ hit: SearchHit, to out: OutputBuffer) {
        let address = padded(hit.addresses.lowerBound, 12)
        switch hit.place {
        case .process, .pages:
            out.append(string: "\(hit.place.pid ?? 0)  \(address)  " + area(hit))
        case .sharedMemory(let object):
            out.append(string: users(hit) + "  ")
            out.append(string: style.paint("shared memory \(object.id) \(object.name.forTerminal)", .name))
        case .content(let place):
            out.append(
                string: users(hit) + "  " + style.paint(place.kind.words + " " + (place.name?.forTerminal ?? ""), .name)
            )
        }
        out.append(string: "  \(stored(hit))  ")
        out.append(string: ByteText(hit.before).forTerminal)
        out.append(string: style.paint("[" + ByteText(hit.match).forTerminal + "]", .bad))
        out.append(string: ByteText(hit.after).forTerminal)
        out.append("\n")
    }

    private func area(_ hit: SearchHit) -> String {
        guard let segment = hit.segment else { return "?" }
        let name = segment.name.isEmpty ? "anonymous" : segment.name.forTerminal
        return segment.permissions + "  " + style.paint(name, .name)
    }

    /// The processes that map what is no process, each with the address, or else those that have it open; and the offset.
    private func users(_ hit: SearchHit) -> String {
        let offset = "+0x\(padded(hit.addresses.lowerBound, 1))"
        guard let first = hit.mappings.first else {
            return (hit.pids.isEmpty ? "-" : hit.pids.map(String.init).joined(separator: ",")) + "  \(offset)"
        }
        let others = hit.mappings.dropFirst().map { ",\($0.pid)@\(padded($0.address, 12))" }.joined()
        return "\(first.pid)  \(padded(first.address, 12))\(others)  \(offset)"
    }

    private func stored(_ hit: SearchHit) -> String {
        if case .content(let place) = hit.place { return ByteText(place.origin.image).forTerminal }
        guard let origin = hit.origin else { return "?" }
        let doubt = origin.isVerified == false ? " (not verified)" : ""
        let place = "\(ByteText(origin.image ?? "file").forTerminal)+0x\(padded(origin.offset ?? 0, 1))" + doubt
        let snapshot = origin.snapshot ?? 0
        return snapshot == 0 ? place : "parent \(snapshot)/" + place
    }
}

extension RecoverableContent.Kind {
    /// What it is, for a person.
    var words: String {
        switch self {
        case .ghost: "deleted file"
        case .memfd, .anonymous, .sysv: "shared memory"
        case .pipe: "unread in"
        case .fifo: "unread in FIFO"
        case .terminal: "unread in terminal"
        case .unixQueue: "queued at"
        case .tcpReceived: "received on"
        case .tcpSent: "sent on"
        case .tmpfs: "tmpfs file"
        case .devshm: "/dev/shm file"
        }
    }
}

/// Prints hits of a search as JSON, a line each.
public struct SearchLines: Sendable {
    /// Prepares to print.
    public init() {}

    /// The lines of some hits.
    public func lines(_ hits: [SearchHit]) -> [UInt8] {
        let out = OutputBuffer(capacity: hits.count * 400)
        for hit in hits { MemoryJSON.write(hit, Forms.searchHit, to: out, isOneLine: true) }
        return out.collected
    }
}

extension MemoryPlace {
    /// What has the bytes, for a person.
    public var text: String {
        switch self {
        case .process(let process): "process \(process.pid)"
        case .pages(let pid): "process \(pid)"
        case .sharedMemory(let object): "shared memory \(object.id)"
        case .content(let place): place.kind.words + " " + (place.name?.forTerminal ?? "")
        }
    }
}
